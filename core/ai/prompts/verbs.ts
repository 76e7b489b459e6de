// Prompts in the settings: read, said otherwise, rolled back.
import * as z from 'zod';
import { commit, putting, type Write } from '../../platform/commit.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { Failure, notFound } from '../../platform/failure.ts';
import { verb } from '../../platform/verb.ts';
import { blanksOf, type PromptSource } from './prompt.ts';
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

const words = { system: z.string().max(20_000), user: z.string().min(1).max(20_000) };

const Edition = z.object({ edition: z.int(), replaces: z.int(), ...words, by: z.string(), at: z.int() });

const Shown = z.object({
  name: z.string(),
  /** Version of ours, its words and the blanks that must be kept. */
  version: z.int(),
  ...words,
  blanks: z.array(z.string()),
  /** The edition that speaks; 0: ours. */
  edition: z.int(),
  /** What a change must name. */
  voice: z.int(),
  /** Newest first. */
  editions: z.array(Edition),
});

const Name = z.object({ name: z.string().max(60) });
const Based = Name.extend({ voice: z.int().min(0) });

/** The verbs over the prompts that may be said otherwise. */
export function promptVerbs(house: readonly PromptSource[]) {
  const sourceOf = (name: string): PromptSource => {
    const source = house.find((one) => one.name === name);
    if (!source) throw notFound();
    return source;
  };
  const shown = async (ctx: Ctx, source: PromptSource): Promise<z.infer<typeof Shown>> => {
    const [voice, editions] = await Promise.all([voiceOf(ctx, source.name), editionsOf(ctx, source.name)]);
    return { ...source, blanks: blanksOf(source), edition: voice.edition, voice: voice.version, editions };
  };
  const listPrompts = verb({
    name: 'prompt.list',
    summary: 'Prompts with their blanks, and the tenant’s own editions.',
    needs: 'tenant:read',
    input: z.object({}),
    output: z.object({ items: z.array(Shown) }),
    run: async (ctx) => ({ items: await Promise.all(house.map((source) => shown(ctx, source))) }),
  });
  const setPrompt = verb({
    name: 'prompt.set',
    summary: 'Says a prompt in the tenant’s own words, as a new edition; earlier ones are kept. Every blank must stay.',
    needs: 'tenant:write',
    input: Based.extend(words),
    output: Shown,
    run: async (ctx, { name, voice: version, system, user }) => {
      const source = sourceOf(name);
      if (!hasBlanks({ system, user }, source))
        throw new Failure('PROMPT_REFUSED', { reason: `{{${blanksOf(source).join('}} {{')}}}` });
      const before = await atVersion(ctx, name, version);
      const edition = before.latest + 1;
      const row: EditionRow = {
        tenant: ctx.tenant,
        name,
        edition,
        replaces: source.version,
        system,
        user,
        by: ctx.actor.id,
        at: ctx.now(),
      };
      await speak(ctx, name, before, { edition, latest: edition }, [
        putting(ctx.stores.core, EditionEntity.create(row)),
      ]);
      return shown(ctx, source);
    },
  });
  const rollBackPrompt = verb({
    name: 'prompt.roll-back',
    summary: 'Lets an earlier edition speak again; 0 lets ours.',
    needs: 'tenant:write',
    input: Based.extend({ edition: z.int().min(0) }),
    output: Shown,
    run: async (ctx, { name, voice: version, edition }) => {
      const source = sourceOf(name);
      const before = await atVersion(ctx, name, version);
      if (edition > 0 && !(await editionOf(ctx, name, edition))) throw notFound();
      await speak(ctx, name, before, { edition, latest: before.latest });
      return shown(ctx, source);
    },
  });
  return { listPrompts, setPrompt, rollBackPrompt };
}

async function atVersion(ctx: Ctx, name: string, version: number): Promise<Voice> {
  const voice = await voiceOf(ctx, name);
  if (voice.version !== version) throw new Failure('STALE_VERSION', { current_version: voice.version });
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
