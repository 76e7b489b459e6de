// Answers about scenes, each under a key of its own, so that whatever else of an episode changes they are not paid again.
import * as z from 'zod';
import { contentHash } from '../pipeline/cache.ts';
import { getJson, putBlob, seekJson, worthALook } from '../platform/blob.ts';
import type { Ctx } from '../platform/ctx.ts';
import { workKey } from '../revision/store.ts';
import { Stood } from './gap.ts';

/** Where an answer about a scene lies, by everything it depends on. */
export const sceneKey = (ctx: Ctx, project: string, step: 'extract' | 'storyboard', ...grounds: unknown[]): string =>
  workKey(ctx, project, step, `scene-${contentHash(...grounds)}.json`);

/** Answers that lie under these keys, in their order. One that cannot be read is as good as none. */
export async function keptAnswers<K, T>(
  ctx: Ctx,
  keys: ReadonlyMap<K, string>,
  schema: z.ZodType<T>,
): Promise<Map<K, T>> {
  const there = await worthALook(ctx, [...keys.values()]);
  const looked = [...keys].filter(([, key]) => there.has(key));
  const found = await Promise.all(
    looked.map(async ([of, key]) => [of, schema.safeParse(await getJson(ctx, key))] as const),
  );
  return new Map(found.flatMap(([of, { data }]) => (data === undefined ? [] : [[of, data] as const])));
}

/** Where it lies what the scenes of an episode said when they were last answered about, by what else their answers depend on. */
const pastKey = (ctx: Ctx, { project, step, grounds }: Past): string =>
  workKey(ctx, project, step, `episode-${contentHash(...grounds)}.json`);

type Past = {
  readonly project: string;
  readonly step: 'extract' | 'storyboard';
  /** The number of the episode among them. */
  readonly grounds: readonly unknown[];
};

export async function keptPast(ctx: Ctx, past: Past): Promise<Stood[]> {
  return z.array(Stood).safeParse(await seekJson(ctx, pastKey(ctx, past))).data ?? [];
}

export const keepPast = (ctx: Ctx, past: Past, stood: readonly Stood[]): Promise<void> =>
  putBlob(ctx, pastKey(ctx, past), JSON.stringify(stood));

/** Keeps answers under their keys; those without one are not kept. */
export async function keepAnswers<K>(
  ctx: Ctx,
  keys: ReadonlyMap<K, string>,
  answers: ReadonlyMap<K, unknown>,
): Promise<void> {
  const writes = [...answers].flatMap(([of, answer]) => {
    const key = keys.get(of);
    return key === undefined ? [] : [putBlob(ctx, key, JSON.stringify(answer))];
  });
  await Promise.all(writes);
}
