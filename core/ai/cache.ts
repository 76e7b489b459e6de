// Answers by content: what a model said lies in the bucket under the hash of what it was asked, and is written before anything else
// is done with it. A retry, a crash or a second run finds it and pays nothing.
import { contentHash } from '../pipeline/cache.ts';
import { putBlob, seekJson } from '../platform/blob.ts';
import type { Ctx } from '../platform/ctx.ts';
import { workKey } from '../revision/store.ts';
import type { Prompted } from './call.ts';
import type { Route } from './route.ts';
import type { JsonSchema } from './schema.ts';
import type { UsageRow } from './usage/row.ts';

/** One exchange that cost something, or gave something. */
export type Kept = {
  readonly usage: UsageRow;
  /** Output limit it was asked with. */
  readonly limit: number;
  /** What was said; absent when it was cut off or refused. A stream keeps what arrived. */
  readonly text?: string;
};

/** All exchanges of one call with one model, oldest first. */
export type Kepts = readonly Kept[];

/** Hex SHA-256 of what is asked, whoever is asked: prompt with version, its texts, schema. */
export const callHash = (prompt: Prompted, schema?: { name: string; jsonSchema: JsonSchema }): string =>
  contentHash('ai-1', prompt.name, prompt.version, prompt.system, prompt.messages, schema);

/** Where the answer of one model lies. Servers at a typed address may offer the same name: their address is part of it. */
export const answerKey = (
  ctx: Ctx,
  project: string,
  hash: string,
  { model, account }: Pick<Route, 'model' | 'account'>,
): string =>
  workKey(
    ctx,
    project,
    'ai',
    `${contentHash(hash, model.provider, model.id, model.provider === 'compatible' ? account.baseUrl : '')}.json`,
  );

export const keptUnder = async (ctx: Ctx, key: string): Promise<Kepts> => (await seekJson<Kepts>(ctx, key)) ?? [];

export const keep = (ctx: Ctx, key: string, kepts: Kepts): Promise<void> => putBlob(ctx, key, JSON.stringify(kepts));
