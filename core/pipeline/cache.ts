// Results by content: a step's output lies under the hash of everything that went into it, so the same work is never done twice.
import { createHash } from 'node:crypto';
import { putBlob, seekJson } from '../platform/blob.ts';
import type { Ctx } from '../platform/ctx.ts';
import type { Failure } from '../platform/failure.ts';
import { workKey } from '../revision/store.ts';

/** Raise a number when what a step writes for the same input changes. */
export const engine = {
  read: 'builtin-read-3',
  extract: 'builtin-extract-6',
  resolve: 'builtin-resolve-5',
  storyboard: 'builtin-storyboard-7',
} as const;

/** Hex SHA-256 over the parts, as JSON. */
export const contentHash = (...parts: unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/** What a step made. `draft`: why it is less than what was asked for; it is stored for this run and not remembered. */
export type Made<T> = { readonly value: T; readonly draft?: Failure | undefined };

export type Remembered<T> = Made<T> & { readonly key: string; readonly cached: boolean };

type Step = 'extract' | 'resolve' | 'storyboard';

const keyOf = (ctx: Ctx, project: string, step: Step, hash: string): string =>
  workKey(ctx, project, step, `${hash}.json`);

/** The stored result for `inputs`, or undefined: for those who only look. */
export const recalled = <T>(ctx: Ctx, project: string, step: Step, inputs: unknown[]): Promise<T | undefined> =>
  seekJson<T>(ctx, keyOf(ctx, project, step, contentHash(engine[step], ...inputs)));

/**
 * The stored result for `inputs`, or what `make` gives, stored. `cached` tells which. A draft lies under a key of its own that no look-up
 * finds, so that the next run asks again.
 */
export async function remembered<T>(
  ctx: Ctx,
  project: string,
  step: Step,
  inputs: unknown[],
  make: () => Made<T> | Promise<Made<T>>,
): Promise<Remembered<T>> {
  const hash = contentHash(engine[step], ...inputs);
  const key = keyOf(ctx, project, step, hash);
  const known = await seekJson<T>(ctx, key);
  if (known !== undefined) return { value: known, key, cached: true };
  const made = await make();
  const body = JSON.stringify(made.value);
  const keptAt = made.draft ? workKey(ctx, project, step, `${hash}-draft-${contentHash(body)}.json`) : key;
  await putBlob(ctx, keptAt, body);
  return { ...made, key: keptAt, cached: false };
}
