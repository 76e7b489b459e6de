// What a piece of writing has of itself so far, in the bucket: the brief, the plan, each part with the text as far as it has come.
// A retry of the task finds it there.
import { contentHash } from '../pipeline/cache.ts';
import { getJson, putBlob } from '../platform/blob.ts';
import type { Ctx } from '../platform/ctx.ts';
import { workKey } from '../revision/store.ts';

/** Whose it is. */
export type Shelf = { readonly project: string; readonly task: string };

/** A part of what is written: an episode, a prompt. */
export type Part = {
  readonly title: string;
  readonly text: string;
  readonly isWhole: boolean;
  /** What it is written from, for a retry to go on from the same. */
  readonly ground?: unknown;
  /** How often its text was refused for good; a retry asks anew then. */
  readonly refused?: number;
};

const keyOf = (ctx: Ctx, { project, task }: Shelf, name: string): string =>
  workKey(ctx, project, 'writing', task, `${name}.json`);

const partName = (number: number): string => `part-${number}`;

export const keepPlan = (ctx: Ctx, shelf: Shelf, plan: unknown): Promise<void> =>
  putBlob(ctx, keyOf(ctx, shelf, 'plan'), JSON.stringify(plan));

/** The plan, or undefined before there is one. Our own step wrote it, so its shape is the caller's word. */
export const planOn = <T>(ctx: Ctx, shelf: Shelf): Promise<T | undefined> => getJson<T>(ctx, keyOf(ctx, shelf, 'plan'));

export const keepPart = (ctx: Ctx, shelf: Shelf, number: number, part: Part): Promise<void> =>
  putBlob(ctx, keyOf(ctx, shelf, partName(number)), JSON.stringify(part));

/** The part as far as it has come, or undefined before it was begun. */
export const partOn = (ctx: Ctx, shelf: Shelf, number: number): Promise<Part | undefined> =>
  getJson<Part>(ctx, keyOf(ctx, shelf, partName(number)));

/** Look-ups in the bucket under way at once. */
const atOnce = 24;

/** All parts that were begun. */
export async function partsOn(ctx: Ctx, shelf: Shelf, numbers: readonly number[]): Promise<Map<number, Part>> {
  const parts = new Map<number, Part>();
  for (let at = 0; at < numbers.length; at += atOnce)
    await Promise.all(
      numbers.slice(at, at + atOnce).map(async (number) => {
        const part = await partOn(ctx, shelf, number);
        if (part) parts.set(number, part);
      }),
    );
  return new Map([...parts].toSorted(([a], [b]) => a - b));
}

/** Keeps a brief before the task that works by it is there. Answers where it lies. */
export async function keepBrief(ctx: Ctx, project: string, brief: unknown): Promise<string> {
  const key = workKey(ctx, project, 'writing', `brief-${contentHash(brief)}.json`);
  await putBlob(ctx, key, JSON.stringify(brief));
  return key;
}
