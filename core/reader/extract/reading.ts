// An answer held against the script: what stands in it becomes mentions, hints and traits; what does not is dropped and counted. Pure.
import { Collector, normalForm } from '../../breakdown/index.ts';
import type { Extraction, Trait, VisualPrompt } from '../../breakdown/schema.ts';
import { isIn } from '../language.ts';
import type { Answer, Row } from './answer.ts';
import { type Draft, personOf, placeOf, type Scope, type Shown } from './draft.ts';
import { quoted } from './evidence.ts';
import { introduce, tellPerson } from './people.ts';
import { tellPlace, tellThing } from './things.ts';

/** `quote`: its words are not in the script; `name`: nobody there has the name; `language`: written in another one. */
export type Dropped = { readonly row: Row; readonly why: 'quote' | 'name' | 'language' };

export type Reading = Pick<Extraction, 'mentions' | 'hints' | 'genders'> & {
  readonly traits: readonly Trait[];
  readonly prompts: readonly VisualPrompt[];
  readonly denied: readonly string[];
  /** Rows that stand, and those that do not. */
  readonly standing: number;
  readonly dropped: readonly Dropped[];
  /** Rows and pictures that do not stand. */
  readonly leftOut: number;
};

export function readingOf(answer: Answer, scope: Scope): Reading {
  const draft: Draft = {
    scope, into: new Collector(scope.episode), traits: [], denied: new Set(), people: new Map(), things: new Map(),
  }; // biome-ignore format: one thought
  const dropped: Dropped[] = [];
  const shown = answer.facts.flatMap((row): Shown[] => {
    const at = quoted(row.q, row.e, scope.sheet);
    const isForeign = row.k !== 'form' && row.k !== 'sex' && !isIn(scope.language, row.v ?? '');
    if (at && !isForeign) return [{ row, at }];
    dropped.push({ row, why: at ? 'language' : 'quote' });
    return [];
  });
  // whoever a later row speaks of may be brought in by any row
  for (const one of shown) introduce(one, draft);
  for (const one of shown) if (!tell(one, draft)) dropped.push({ row: one.row, why: 'name' });
  const prompts = answer.prompts.flatMap((prompt) => promptOf(prompt, draft));
  return {
    ...draft.into.done(),
    traits: draft.traits,
    prompts,
    denied: [...draft.denied],
    standing: answer.facts.length - dropped.length,
    dropped,
    leftOut: dropped.length + answer.prompts.length - prompts.length,
  };
}

/** Whether the script has whom or what the row speaks of. */
function tell(shown: Shown, draft: Draft): boolean {
  if (shown.row.k === 'place') return tellPlace(shown, draft);
  return tellPerson(shown, draft) ?? tellThing(shown, draft);
}

/** A prompt in another language than it should be is left out; so is one of nobody. */
function promptOf({ n, zh, en }: Answer['prompts'][number], draft: Draft): VisualPrompt[] {
  const person = personOf(n, draft);
  const place = placeOf(n, draft);
  const thing = draft.things.get(normalForm(n)) ?? draft.scope.register.thing(n);
  const of = person
    ? { kind: 'character' as const, surface: person }
    : place
      ? { kind: 'location' as const, surface: place }
      : thing;
  const texts = { zh: isIn('zh', zh) ? zh.trim() : '', en: isIn('en', en) ? en.trim() : '' };
  return of && (texts.zh || texts.en) ? [{ ...of, ...texts }] : [];
}
