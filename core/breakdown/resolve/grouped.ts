// The forms of all episodes in groups, kind by kind: what assets are made of, and what doubts are left.
import type { AssetKind, Extraction, Mention } from '../schema.ts';
import { type Language, mentionsInOrder } from './form-table.ts';
import type { Opinion } from './opinion.ts';
import { type People, resolvePeople } from './people.ts';
import { type Places, resolvePlaces } from './places.ts';
import { type PriorDecision, Verdicts } from './prior.ts';
import { resolveThings, type Things } from './things.ts';

export interface Grouped {
  readonly mentions: readonly Mention[];
  readonly language: Language;
  readonly people: People;
  readonly places: Places;
  readonly things: Things;
}

export function grouped(
  extractions: readonly Extraction[],
  prior: readonly PriorDecision[],
  opinions: readonly Opinion[],
): Grouped {
  const mentions = mentionsInOrder(extractions);
  const hints = extractions.flatMap((extraction) => extraction.hints);
  const biographies = extractions.flatMap((extraction) => extraction.biographies ?? []);
  const language = languageOf(mentions);
  const of = (kind: AssetKind) => ({
    mentions,
    hints,
    language,
    verdicts: new Verdicts(prior, kind),
    opinions: opinions.filter((opinion) => opinion.kind === kind),
  });
  return {
    mentions,
    language,
    people: resolvePeople({ ...of('character'), biographies }),
    places: resolvePlaces(of('location')),
    things: resolveThings(of('prop')),
  };
}

/** The language most forms are written in. */
function languageOf(mentions: readonly Mention[]): Language {
  const han = mentions.filter(({ surface }) => /\p{Script=Han}/u.test(surface)).length;
  return han * 2 >= mentions.length ? 'zh' : 'en';
}
