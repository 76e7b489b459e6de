// A tenant's own words for a prompt: editions, all of them kept, and which one speaks; none, and ours does.
import { Entity } from 'electrodb';
import type { Ctx } from '../../platform/ctx.ts';
import { byTenant, number, text } from '../../platform/keys.ts';
import { everything } from '../../platform/page.ts';
import type { Prompted } from '../call.ts';
import { blanksOf, type PromptSource, prompted } from './prompt.ts';

export type EditionRow = {
  readonly tenant: string;
  readonly name: string;
  /** From 1. */
  readonly edition: number;
  /** Version of ours that it was written for. */
  readonly replaces: number;
  readonly system: string;
  readonly user: string;
  readonly by: string;
  readonly at: number;
};

export const EditionEntity = new Entity({
  model: { entity: 'prompt-edition', version: '1', service: 'scriptloom' },
  attributes: { tenant: text, name: text, edition: number, replaces: number, system: { type: 'string', required: true }, user: text, by: text, at: number }, // biome-ignore format: one thought
  indexes: {
    primary: {
      pk: byTenant,
      sk: {
        field: 'sk',
        composite: ['name', 'edition'],
        template: 'PROMPTEDITION#${name}#${edition}',
        casing: 'none',
      },
    },
  },
});

/** Which edition speaks (0: ours), and how many there are. */
export const VoiceEntity = new Entity({
  model: { entity: 'prompt', version: '1', service: 'scriptloom' },
  attributes: { tenant: text, name: text, edition: number, latest: number, version: number },
  indexes: {
    primary: { pk: byTenant, sk: { field: 'sk', composite: ['name'], template: 'PROMPT#${name}', casing: 'none' } },
  },
});

export type Voice = { readonly edition: number; readonly latest: number; readonly version: number };

export async function voiceOf(ctx: Ctx, name: string): Promise<Voice> {
  const { data } = await VoiceEntity.get({ tenant: ctx.tenant, name }).go({ ...ctx.stores.core, consistent: true });
  return data ?? { edition: 0, latest: 0, version: 0 };
}

export async function editionOf(ctx: Ctx, name: string, edition: number): Promise<EditionRow | undefined> {
  const { data } = await EditionEntity.get({ tenant: ctx.tenant, name, edition }).go({
    ...ctx.stores.core,
    consistent: true,
  });
  return data ?? undefined;
}

/** Newest first. */
export async function editionsOf(ctx: Ctx, name: string): Promise<EditionRow[]> {
  const rows = await everything<EditionRow>(
    ctx,
    EditionEntity.query.primary({ tenant: ctx.tenant, name }),
    EditionEntity,
  );
  return rows.filter((row) => row.name === name).toSorted((a, b) => b.edition - a.edition);
}

/** How a prompt is said: takes what its blanks are filled with. */
export type Wording = (fillings: Readonly<Record<string, string>>) => Prompted;

/**
 * The prompt as the tenant wants it said, for one call or many. An edition that was written for other blanks than ours have now does not
 * speak: it would leave out what the work needs.
 */
export async function wordingOf(ctx: Ctx, source: PromptSource): Promise<Wording> {
  const { edition } = await voiceOf(ctx, source.name);
  const own = edition > 0 ? await editionOf(ctx, source.name, edition) : undefined;
  if (!own || !hasBlanks(own, source)) return (fillings) => prompted(source, fillings);
  return (fillings) => prompted({ ...source, system: own.system, user: own.user }, fillings, edition);
}

/** One prompt as the tenant wants it said, its blanks filled. */
export const promptFor = async (
  ctx: Ctx,
  source: PromptSource,
  fillings: Readonly<Record<string, string>>,
): Promise<Prompted> => (await wordingOf(ctx, source))(fillings);

export const hasBlanks = (words: Pick<PromptSource, 'system' | 'user'>, source: PromptSource): boolean =>
  blanksOf(words).toSorted().join() === blanksOf(source).toSorted().join();
