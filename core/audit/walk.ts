// Walking the chain: every block follows the one before it, every line is as its block says, and no line stands outside of it.
import { decodeTime } from 'ulid';
import { keptDays } from '../platform/audit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { type Block, beginning, follows, type Head, hashOfLine, type Linked, type RawLine } from './block.ts';
import { blocksBehind, findBlock, linesBehind, linesOf, linksOf, loadHead } from './store.ts';

export type Break = {
  readonly block: number;
  readonly line: string | null;
  readonly reason: 'block_missing' | 'block_changed' | 'line_missing' | 'line_changed' | 'head_mismatch';
};

/** What a walk found; `at`: where it goes on, when it did not reach the end. */
export type Walked = {
  readonly broken: Break | null;
  readonly blocks: number;
  readonly lines: number;
  /** Lines that ended with their time. */
  readonly pruned: number;
  /** Lines that were linked more than five minutes after they were written: the stream was behind, or they were written with an older time. */
  readonly late: number;
  /** Lines of the last minute, which the stream has not brought yet. */
  readonly waiting: number;
  /** Older lines that are in no block. */
  readonly unlinked: readonly string[];
  readonly head: Head;
  readonly at: Place | null;
};

/** Behind which block and which line a walk begins. */
export type Place = { readonly block: Head; readonly line: string };

const minute = 60_000;
const keptMs = keptDays * 86_400_000;
const timeOf = (id: string): number => {
  const ulid = id.split('_')[1]?.toUpperCase() ?? '';
  return /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(ulid) ? decodeTime(ulid) : Number.NaN;
};

/** Walks from a place, and at most `most` lines and the rest of a block. */
export async function walk(ctx: Ctx, from: Place, most: number): Promise<Walked> {
  const anchor = await loadHead(ctx);
  const walker = new Walker(ctx, from);
  for await (const block of blocksBehind(ctx, from.block.n)) {
    if (!(await walker.take(block, anchor)) || walker.lines >= most) break;
  }
  return walker.result(anchor, most);
}

class Walker {
  lines = 0;
  private blocks = 0;
  private pruned = 0;
  private late = 0;
  private broken: Break | null = null;
  private head: Head;
  private read: string;
  private readonly ctx: Ctx;
  private readonly source: AsyncGenerator<RawLine>;
  /** Lines read and found in no block so far: id → hash. */
  private readonly loose = new Map<string, string>();

  constructor(ctx: Ctx, from: Place) {
    this.ctx = ctx;
    this.head = from.block;
    this.read = from.line;
    this.source = linesBehind(ctx, from.line);
  }

  /** Takes the next block; false at a break. */
  async take(block: Block, anchor: Head): Promise<boolean> {
    if (block.n !== this.head.n + 1) return this.breaks(this.head.n + 1, 'block_missing');
    if (!follows(this.head, block)) return this.breaks(block.n, 'block_changed');
    if (block.n === anchor.n && block.hash !== anchor.hash) return this.breaks(block.n, 'head_mismatch');
    await this.readTo(block.lines.at(-1)?.id ?? '');
    const ended = await this.astray(block);
    for (const line of block.lines) {
      const hash = this.loose.get(line.id) ?? ended.get(line.id);
      if (hash === undefined && !this.mayBeGone(line)) return this.breaks(block.n, 'line_missing', line.id);
      if (hash !== undefined && hash !== line.hash) return this.breaks(block.n, 'line_changed', line.id);
      this.count(block, line, hash);
    }
    this.head = block;
    this.blocks++;
    return true;
  }

  private count(block: Block, { id }: Linked, hash: string | undefined): void {
    this.loose.delete(id);
    if (hash === undefined) this.pruned++;
    else this.lines++;
    if (block.at - timeOf(id) > 5 * minute) this.late++;
  }

  /** Lines of a block that came before those that were read: fetched by themselves. */
  private async astray(block: Block): Promise<Map<string, string>> {
    const missing = block.lines.map(({ id }) => id).filter((id) => !this.loose.has(id));
    return new Map((await linesOf(this.ctx, missing)).map((line) => [line.id, hashOfLine(line)]));
  }

  private mayBeGone({ id }: Linked): boolean {
    return timeOf(id) + keptMs <= this.ctx.now();
  }

  private async readTo(id: string): Promise<void> {
    while (this.read < id) {
      const { value, done } = await this.source.next();
      if (done) return;
      this.read = value.id;
      this.loose.set(value.id, hashOfLine(value));
    }
  }

  private breaks(block: number, reason: Break['reason'], line: string | null = null): false {
    this.broken = { block, line, reason };
    return false;
  }

  async result(anchor: Head, most: number): Promise<Walked> {
    const more = !this.broken && this.lines >= most;
    if (!this.broken && !more) await this.toTheEnd(anchor);
    const { unlinked, waiting } = this.broken ? { unlinked: [], waiting: 0 } : await this.outside();
    const { broken, blocks, lines, pruned, late, head, read } = this;
    return {
      broken,
      blocks,
      lines,
      pruned,
      late,
      waiting,
      unlinked,
      head,
      at: more ? { block: head, line: read } : null,
    };
  }

  /** No block is left: the head must not know of a later one, nor be behind; and the lines that are left are read. */
  private async toTheEnd(anchor: Head): Promise<void> {
    if (this.head.n < anchor.n) this.breaks(this.head.n + 1, 'block_missing');
    else if (this.head.n > anchor.n && (await loadHead(this.ctx)).n < this.head.n)
      this.breaks(anchor.n + 1, 'head_mismatch');
    else await this.readTo('~');
  }

  /** Of the lines that no block of this walk holds: those that none holds at all. */
  private async outside(): Promise<{ unlinked: string[]; waiting: number }> {
    const links = await linksOf(this.ctx, [...this.loose.keys()]);
    const held = new Set<string>();
    for (const n of new Set(links.map(({ block }) => block)))
      for (const { id, hash } of (await findBlock(this.ctx, n))?.lines ?? []) held.add(`${id} ${hash}`);
    const outside = [...this.loose].filter(([id, hash]) => !held.has(`${id} ${hash}`)).map(([id]) => id);
    const unlinked = outside.filter((id) => !(timeOf(id) > this.ctx.now() - minute));
    return { unlinked, waiting: outside.length - unlinked.length };
  }
}

export const start: Place = { block: beginning, line: '' };
