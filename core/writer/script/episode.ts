// One episode of a script that is written from an outline.
import { type AiCtx, wordingOf } from '../../ai/index.ts';
import { episode as source } from '../../ai/prompts/episode.v1.ts';
import type { Language } from './brief.ts';
import { faultsOf } from './check.ts';
import { cleaned, layouts } from './layout.ts';
import { languages } from './outline.ts';
import type { Outline } from './outline-schema.ts';
import type { Assignment } from './part.ts';

/** What an episode is written from besides the one before. */
export type Episode = {
  /** As it stands in its heading. */
  readonly number: number;
  /** Number of the first episode of the outline. */
  readonly first: number;
  readonly outline: Outline;
  readonly language: Language;
  readonly characters: number;
};

/** @param before how the episode before ended. */
export function episodeOf(ctx: AiCtx, episode: Episode, before: () => Promise<string>): Assignment {
  const { number, first, outline, language, characters } = episode;
  const { title = '', beat = '', hook = '' } = outline.episodes[number - first] ?? {};
  return {
    number,
    title,
    characters,
    before,
    promptOf: async (told) => {
      const wording = await wordingOf(ctx, source);
      return wording({
        language: languages[language],
        layout: layouts[language](number),
        known: knownOf(episode),
        before: told || '-',
        number: String(number),
        title,
        plan: [beat, hook && `→ ${hook}`].filter(Boolean).join('\n'),
        characters: String(characters),
      });
    },
    clean: (text) => cleaned(text, language),
    faults: (text) => faultsOf(text, { number, language, characters }),
  };
}

/** Episodes before and behind whose beats are told. */
const [toldBefore, toldBehind] = [8, 1];

function knownOf({ number, first, outline: { title, logline, cast, episodes } }: Episode): string {
  const beats = episodes
    .map((one, at) => ({ ...one, number: first + at }))
    .filter((one) => one.number !== number && one.number >= number - toldBefore && one.number <= number + toldBehind)
    .map((one) => `${one.number} ${one.title}: ${one.beat}`);
  return [
    `${title}: ${logline}`,
    ...cast.map(({ name, who }) => `- ${name}: ${who}`),
    ...(beats.length > 0 ? ['', ...beats] : []),
  ].join('\n');
}
