// Whether an exported file proves itself, told from the file alone: for whoever keeps it elsewhere. Pure.
import { type Block, beginning, follows, type Head, hashOfBlock, hashOfLine, type RawLine } from './block.ts';

type LineRecord = {
  readonly kind: 'line';
  readonly block: number | null;
  readonly hash: string;
  readonly line: RawLine;
};
export type ProofRecord = LineRecord | ({ readonly kind: 'block' } & Block) | ({ readonly kind: 'head' } & Head);

/** `absent`: lines that the blocks vouch for and the file does not hold (they were not asked for, or ended with their time). */
export type Proof = {
  readonly lines: number;
  /** Lines in no block yet: written a moment before the export. */
  readonly unlinked: number;
  readonly blocks: number;
  readonly absent: number;
  /** Every block from the first to the head is there. */
  readonly whole: boolean;
  readonly head: Head;
};

/**
 * What the records of an export, or of several that go on from each other, prove: every line is as it was linked, every block as it was
 * put, blocks that stand side by side follow each other, and each head is the end they had then. Throws an Error that names the first record that is not so.
 */
export function prove(records: Iterable<ProofRecord>): Proof {
  const blocks = new Map<number, Block>();
  const lines: LineRecord[] = [];
  const heads: Head[] = [];
  for (const record of records)
    if (record.kind === 'line') lines.push(record);
    else if (record.kind === 'block') blocks.set(record.n, sound(record, blocks.get(record.n)));
    else heads.push({ n: record.n, hash: record.hash });
  for (const { n, hash } of heads)
    if ((blocks.get(n)?.hash ?? hash) !== hash) throw new Error(`the head is not block ${n} of the file`);
  for (const block of blocks.values()) {
    const before = blocks.get(block.n - 1);
    const isBehind = before ? follows(before, block) : block.n > 1 || block.previous === '';
    if (!isBehind) throw new Error(`block ${block.n} does not follow the one before it`);
  }
  const told = new Map([...blocks.values()].flatMap((block) => block.lines.map(({ id, hash }) => [id, hash] as const)));
  const held = lines.map((one) => vouched(blocks, told, one));
  const ids = new Set(held);
  const head = heads.reduce((last, one) => (one.n >= last.n ? one : last), beginning);
  return {
    lines: lines.length,
    unlinked: held.filter((id) => id === undefined).length,
    blocks: blocks.size,
    absent: [...told.keys()].filter((id) => !ids.has(id)).length,
    whole: blocks.size === head.n && (head.n === 0 || blocks.has(head.n)),
    head,
  };
}

function sound(block: Block, known: Block | undefined): Block {
  if (hashOfBlock(block) !== block.hash) throw new Error(`block ${block.n} is not what its hash says`);
  if (known && known.hash !== block.hash) throw new Error(`there are two blocks ${block.n}`);
  return block;
}

/** The id of a line that a block vouches for; undefined for one that no block holds yet. `told`: hashes of the lines that blocks hold. */
function vouched(
  blocks: ReadonlyMap<number, Block>,
  told: ReadonlyMap<string, string>,
  { block, hash, line }: LineRecord,
): string | undefined {
  if (hashOfLine(line) !== hash) throw new Error(`line ${line.id} is not what its hash says`);
  // whoever changes a line may say that it is not linked yet
  if ((told.get(line.id) ?? hash) !== hash) throw new Error(`line ${line.id} is not as its block holds it`);
  if (block === null) return told.has(line.id) ? line.id : undefined;
  if (!blocks.get(block)?.lines.some((linked) => linked.id === line.id && linked.hash === hash))
    throw new Error(`line ${line.id} is not in block ${block}`);
  return line.id;
}
