// Results by content: a step's output lies under the hash of everything that went into it, so the same work is never done twice.
import { createHash } from 'node:crypto';
import { getJson, headBlob, putBlob } from '../platform/blob.ts';
import type { Ctx } from '../platform/ctx.ts';
import { workKey } from '../revision/store.ts';

/** Raise a number when what a step writes for the same input changes. */
export const engine = {
  read: 'builtin-read-1',
  extract: 'builtin-extract-2',
  resolve: 'builtin-resolve-2',
  storyboard: 'builtin-storyboard-4',
} as const;

/** Hex SHA-256 over the parts, as JSON. */
export const contentHash = (...parts: unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/** The stored result for `inputs`, or what `make` gives, stored. `cached` tells which. */
export async function remembered<T>(
  ctx: Ctx,
  project: string,
  step: 'extract' | 'resolve' | 'storyboard',
  inputs: unknown[],
  make: () => T,
): Promise<{ value: T; key: string; cached: boolean }> {
  const key = workKey(ctx, project, step, `${contentHash(engine[step], ...inputs)}.json`);
  const known = (await headBlob(ctx, key)) && (await getJson<T>(ctx, key));
  if (known !== undefined) return { value: known, key, cached: true };
  const value = make();
  await putBlob(ctx, key, JSON.stringify(value));
  return { value, key, cached: false };
}
