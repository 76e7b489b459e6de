// What people see of a prompt: our words, the tenant's own, and which of them speak.
import * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { blanksOf, type PromptSource } from './prompt.ts';
import { type EditionRow, editionOf, hasBlanks, type Voice, voiceOf } from './store.ts';

export const words = { system: z.string().max(20_000), user: z.string().min(1).max(20_000) };

/** The tenant's own words; `replaces`: version of ours they were written for. */
export const Edition = z.object({ edition: z.int(), replaces: z.int(), ...words, by: z.string(), at: z.int() });

export const PromptInfo = z.object({
  name: z.string(),
  /** Names that must stand in both texts together as `{{name}}`: the work fills them in. */
  blanks: z.array(z.string()),
  /** `own_outdated`: the own words speak, but ours have changed since. `own_unfit`: ours speak, for the own words lack a blank that is needed by now. */
  state: z.enum(['ours', 'own', 'own_outdated', 'own_unfit']),
  /** The edition that was chosen; 0: ours. */
  edition: z.int(),
  /** How many editions there are. */
  editions: z.int(),
  /** What a change must name. */
  version: z.int(),
});

export const Prompt = PromptInfo.extend({
  ours: z.object({ version: z.int(), ...words }),
  own: Edition.nullable(),
});
export type Prompt = z.infer<typeof Prompt>;

/** The prompt with the edition that was chosen. */
export async function shownPrompt(ctx: Ctx, source: PromptSource): Promise<Prompt> {
  const voice = await voiceOf(ctx, source.name);
  const own = voice.edition > 0 ? await editionOf(ctx, source.name, voice.edition) : undefined;
  return promptOf(source, voice, own);
}

/** Pure. */
function promptOf(source: PromptSource, { edition, latest, version }: Voice, own: EditionRow | undefined): Prompt {
  const { name, system, user } = source;
  const ours = { version: source.version, system, user };
  return {
    name,
    blanks: blanksOf(source),
    state: stateOf(source, own),
    edition,
    editions: latest,
    version,
    ours,
    own: own ?? null,
  };
}

function stateOf(source: PromptSource, own: EditionRow | undefined): Prompt['state'] {
  if (!own) return 'ours';
  if (!hasBlanks(own, source)) return 'own_unfit';
  return own.replaces === source.version ? 'own' : 'own_outdated';
}
