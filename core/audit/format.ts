// How lines are written into a file: as a table for people, or as records that prove themselves.
import { cell } from '../platform/csv.ts';
import type { Ctx } from '../platform/ctx.ts';
import { hashOfLine, type RawLine } from './block.ts';
import type { Line } from './schema.ts';
import { shown } from './sought.ts';
import { blocksOf, linksOf, loadHead } from './store.ts';

const columns = ['at', 'verb', 'actor', 'actorKind', 'role', 'object', 'project', 'ip', 'agent', 'before', 'after', 'requestId', 'id'] as const; // biome-ignore format: the header

const csvLine = (line: Line): string =>
  `${columns.map((name) => cell(textOf(name === 'at' ? new Date(line.at).toISOString() : line[name]))).join(',')}\r\n`;

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);

/** The mark by which spreadsheets know UTF-8, the header, the lines. */
const csv = async (_: Ctx, lines: readonly RawLine[]): Promise<string> =>
  [`\uFEFF${columns.join(',')}\r\n`, ...lines.map((line) => csvLine(shown(line)))].join('');

/** Lines whose links are fetched together. */
const portion = 1000;

/**
 * One record a row (core/audit/proof.ts): each line as it was hashed, with its hash and its block; each of those blocks, once; and the head
 * of the chain as it is now. `block` is null for a line of the last moment, which is not linked yet.
 */
async function jsonl(ctx: Ctx, lines: readonly RawLine[]): Promise<string> {
  const written = new Set<number>();
  const records: string[] = [];
  const add = (record: object) => void records.push(`${JSON.stringify(record)}\n`);
  for (let at = 0; at < lines.length; at += portion) {
    const some = lines.slice(at, at + portion);
    const ids = some.map(({ id }) => id);
    const blockOf = new Map((await linksOf(ctx, ids)).map(({ id, block }) => [id, block]));
    const fresh = [...new Set(blockOf.values())].filter((n) => !written.has(n)).sort((a, b) => a - b);
    for (const { tenant, n, previous, lines: linked, at: when, hash } of await blocksOf(ctx, fresh)) {
      add({ kind: 'block', tenant, n, previous, lines: linked, at: when, hash });
      written.add(n);
    }
    for (const line of some) add({ kind: 'line', block: blockOf.get(line.id) ?? null, hash: hashOfLine(line), line });
  }
  add({ kind: 'head', ...(await loadHead(ctx)) });
  return records.join('');
}

export const formats = {
  csv: { contentType: 'text/csv; charset=utf-8', write: csv },
  jsonl: { contentType: 'application/jsonl; charset=utf-8', write: jsonl },
} as const;
