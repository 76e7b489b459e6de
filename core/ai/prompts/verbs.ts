// Prompts in the settings: read, said otherwise, rolled back.
import * as z from 'zod';
import { commit, putting, type Write } from '../../platform/commit.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { Failure, mustBeAt, notFound } from '../../platform/failure.ts';
import { PageInput, pageOf, pageOfList } from '../../platform/page.ts';
import { verb } from '../../platform/verb.ts';
import { blanksOf, type PromptSource } from './prompt.ts';
import { Edition, Prompt, PromptInfo, shownPrompt, words } from './shown.ts';
import {
  EditionEntity,
  type EditionRow,
  editionOf,
  editionsOf,
  hasBlanks,
  type Voice,
  VoiceEntity,
  voiceOf,
} from './store.ts';

const Name = z.object({ name: z.string().max(60) });
/** `version`: 0 before the first change. */
const Based = Name.extend({ version: z.int().min(0).optional() });

/** The verbs over the prompts that may be said otherwise. */
export function promptVerbs(house: readonly PromptSource[]) {
  const sourceOf = (name: string): PromptSource => {
    const source = house.find((one) => one.name === name);
    if (!source) throw notFound();
    return source;
  };
  return { ...reading(house, sourceOf), ...changing(sourceOf) };
}

type SourceOf = (name: string) => PromptSource;

const reading = (house: readonly PromptSource[], sourceOf: SourceOf) => ({
  listPrompts: verb({
    name: 'prompt.list',
    summary: 'Prompts that may be said in the tenant’s own words, with their blanks and who speaks now.',
    needs: 'tenant:read',
    input: z.object({}),
    output: z.object({ items: z.array(PromptInfo) }),
    run: async (ctx) => ({ items: await Promise.all(house.map((source) => shownPrompt(ctx, source))) }),
  }),
  getPrompt: verb({
    name: 'prompt.get',
    summary: 'One prompt: our words, and the tenant’s own where they were chosen.',
    needs: 'tenant:read',
    input: Name,
    output: Prompt,
    run: (ctx, { name }) => shownPrompt(ctx, sourceOf(name)),
  }),
  listEditions: verb({
    name: 'prompt.editions',
    summary: 'The tenant’s own words for a prompt, newest first; all that were ever set.',
    needs: 'tenant:read',
    input: PageInput.extend(Name.shape),
    output: pageOf(Edition),
    run: async (ctx, { name, ...page }) =>
      pageOfList(ctx, await editionsOf(ctx, sourceOf(name).name), `prompt.editions|${name}`, page),
  }),
});

const changing = (sourceOf: SourceOf) => ({
  setPrompt: verb({
    name: 'prompt.set',
    summary: 'Says a prompt in the tenant’s own words, as a new edition; earlier ones are kept. Every blank must stay.',
    needs: 'tenant:write',
    input: Based.extend(words),
    output: Prompt,
    run: async (ctx, { name, version, ...own }) => {
      const source = sourceOf(name);
      if (!hasBlanks(own, source))
        throw new Failure('PROMPT_REFUSED', { reason: `{{${blanksOf(source).join('}} {{')}}}` });
      const before = await atVersion(ctx, name, version);
      const row = editionRow(ctx, source, before.latest + 1, own);
      const { edition } = row;
      await speak(ctx, name, before, { edition, latest: edition }, [
        putting(ctx.stores.core, EditionEntity.create(row)),
      ]);
      return shownPrompt(ctx, source);
    },
  }),
  rollBackPrompt: verb({
    name: 'prompt.roll_back',
    summary: 'Lets an earlier edition speak again; 0 lets ours.',
    needs: 'tenant:write',
    input: Based.extend({ edition: z.int().min(0) }),
    output: Prompt,
    run: async (ctx, { name, version, edition }) => {
      const source = sourceOf(name);
      const before = await atVersion(ctx, name, version);
      if (edition > 0 && !(await editionOf(ctx, name, edition))) throw notFound();
      await speak(ctx, name, before, { edition, latest: before.latest });
      return shownPrompt(ctx, source);
    },
  }),
});

const editionRow = (
  ctx: Ctx,
  { name, version: replaces }: PromptSource,
  edition: number,
  { system, user }: { system: string; user: string },
): EditionRow => ({ tenant: ctx.tenant, name, edition, replaces, system, user, by: ctx.actor.id, at: ctx.now() });

async function atVersion(ctx: Ctx, name: string, version: number | undefined): Promise<Voice> {
  if (version === undefined) throw new Failure('VERSION_REQUIRED');
  const voice = await voiceOf(ctx, name);
  mustBeAt(voice, version);
  return voice;
}

async function speak(
  ctx: Ctx,
  name: string,
  before: Voice,
  next: Pick<Voice, 'edition' | 'latest'>,
  along: Write[] = [],
): Promise<void> {
  const row = { tenant: ctx.tenant, name, ...next, version: before.version + 1 };
  const put =
    before.version === 0
      ? VoiceEntity.create(row)
      : VoiceEntity.put(row).where(({ version }, { eq }) => eq(version, before.version));
  await commit(ctx, {
    rows: [putting(ctx.stores.core, put), ...along],
    audit: { object: `prompt:${name}`, before: { edition: before.edition }, after: { edition: next.edition } },
  });
}
