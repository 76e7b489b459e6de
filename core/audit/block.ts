// Blocks of the chain: each holds the ids and hashes of its lines and the hash of the block before it. Pure.
import { createHash } from 'node:crypto';

/** A line as the table or its stream tells it, every attribute of it. */
export type RawLine = Readonly<Record<string, unknown>> & { readonly id: string; readonly tenant: string };

/** A line in a block: its id and the hash of all its attributes. */
export type Linked = { readonly id: string; readonly hash: string };

export type Block = {
  readonly tenant: string;
  /** Counted from 1, without a gap. */
  readonly n: number;
  /** Hash of block n-1; empty for the first. */
  readonly previous: string;
  readonly lines: readonly Linked[];
  readonly at: number;
  readonly hash: string;
};

/** The end of a chain: its last block. Before the first block n is 0. */
export type Head = { readonly n: number; readonly hash: string };
export const beginning: Head = { n: 0, hash: '' };

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** The same text for the same value, in whatever order its fields were read. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, held]) => `${JSON.stringify(name)}:${canonical(held)}`).join(',')}}`;
}

/** Hash of every attribute of a line, keys included. */
export const hashOfLine = (line: RawLine): string => sha256(canonical(line));

/** Hash of everything a block says. */
export const hashOfBlock = ({ tenant, n, previous, lines, at }: Omit<Block, 'hash'>): string =>
  sha256(JSON.stringify([tenant, n, previous, lines.map(({ id, hash }) => [id, hash]), at]));

/** The block of these lines behind a head, in the order of their ids. */
export function blockBehind(head: Head, tenant: string, lines: readonly RawLine[], at: number): Block {
  const linked = lines
    .map((line) => ({ id: line.id, hash: hashOfLine(line) }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
  const block = { tenant, n: head.n + 1, previous: head.hash, lines: linked, at };
  return { ...block, hash: hashOfBlock(block) };
}

/** Whether a block is the next one behind a head, and says what its hash vouches for. */
export const follows = (head: Head, block: Block): boolean =>
  block.n === head.n + 1 && block.previous === head.hash && block.hash === hashOfBlock(block);
