// What people say when they have a script written.
import * as z from 'zod';
import { rule } from '../../platform/words.ts';

/** More than this is no drama any more; the plan of one is a single answer. */
const mostEpisodes = 100;
/** Characters of an episode: from half a minute to a long one of television. */
const [leastCharacters, mostCharacters] = [200, 12_000];

const line = (most: number) => z.string().trim().min(1).max(most);

/**
 * How long an episode is to be: `minutes` on the screen, or `characters` of script (UTF-16 units, blanks not counted).
 * Where neither is said: two minutes; of a script that goes on, as long as those it has.
 */
const Length = {
  episodeMinutes: z.number().min(0.5).max(20).optional(),
  episodeCharacters: z.int().min(leastCharacters).max(mostCharacters).optional(),
};

const oneLength = {
  path: ['episodeMinutes'],
  message: rule(
    'episode_minutes 与 episode_characters 只能给出一个',
    'give either episode_minutes or episode_characters',
  ),
};
const hasOneLength = ({ episodeMinutes, episodeCharacters }: Lengths) =>
  episodeMinutes === undefined || episodeCharacters === undefined;

export const GenerateScript = z
  .object({
    projectId: z.string().max(60),
    /** What it is about, as long as it needs to be. */
    idea: line(20_000),
    genre: line(100),
    episodes: z.int().min(1).max(mostEpisodes),
    ...Length,
    /** Language of the script; the project's where nothing is said. */
    language: z
      .string()
      .regex(/^([zZ][hH]|[eE][nN])\b/, { error: rule('目前支持 zh 或 en', 'zh or en') })
      .optional(),
    style: line(500).optional(),
    audience: line(200).optional(),
    title: line(200).optional(),
  })
  .refine(hasOneLength, oneLength);
export type GenerateScript = z.output<typeof GenerateScript>;

export type Language = 'zh' | 'en';

/** The brief as it is kept. `characters` of an episode. */
export const GenerateBrief = z.object({
  idea: z.string(),
  genre: z.string(),
  episodes: z.int(),
  characters: z.int(),
  language: z.enum(['zh', 'en']),
  style: z.string().optional(),
  audience: z.string().optional(),
  title: z.string().optional(),
});
export type GenerateBrief = z.infer<typeof GenerateBrief>;

/** Characters of script for a minute on the screen: the bundled drama has 320, with more speech than silence up to 500; a page of a screenplay, a minute, has a thousand. */
const perMinute: Readonly<Record<Language, number>> = { zh: 400, en: 1000 };

type Lengths = { readonly episodeMinutes?: number | undefined; readonly episodeCharacters?: number | undefined };

/** @param usual characters where nothing is said. */
export function charactersOf(
  { episodeMinutes, episodeCharacters }: Lengths,
  language: Language,
  usual?: number,
): number {
  if (episodeCharacters !== undefined) return episodeCharacters;
  const asked = episodeMinutes === undefined ? usual : episodeMinutes * perMinute[language];
  return Math.round(Math.min(mostCharacters, Math.max(leastCharacters, asked ?? 2 * perMinute[language])));
}

export const languageOf = (said: string): Language => (/^en\b/i.test(said) ? 'en' : 'zh');

/** Scenes of a script told otherwise: of all of some episodes, or some scenes by their ids. */
export const RewriteScript = z
  .object({
    projectId: z.string().max(60),
    scriptId: z.string().max(60),
    /** Numbers, as the script counts. */
    episodes: z.array(z.int().min(1)).min(1).max(mostEpisodes).optional(),
    scenes: z.array(z.string().max(60)).min(1).max(500).optional(),
    /** What is to be otherwise. */
    instruction: line(5000),
  })
  .refine(({ episodes, scenes }) => (episodes === undefined) !== (scenes === undefined), {
    path: ['episodes'],
    message: rule('episodes 与 scenes 二选一', 'give either episodes or scenes'),
  });

export type RewriteScript = z.output<typeof RewriteScript>;

/** What a text is written on: which revision of which script. */
const On = { script: z.string(), revision: z.int(), language: z.enum(['zh', 'en']) };

export const RewriteBrief = z.object({
  ...On,
  instruction: z.string(),
  /** Scenes of each episode; without any, the whole episode. */
  parts: z.array(z.object({ episode: z.int(), scenes: z.array(z.string()).optional() })),
});
export type RewriteBrief = z.infer<typeof RewriteBrief>;

/** More episodes of a script. */
export const ContinueScript = z
  .object({
    projectId: z.string().max(60),
    scriptId: z.string().max(60),
    /** How many more. */
    episodes: z.int().min(1).max(mostEpisodes),
    /** Where it is to go; it goes on as it will where nothing is said. */
    instruction: line(20_000).optional(),
    ...Length,
  })
  .refine(hasOneLength, oneLength);

export type ContinueScript = z.output<typeof ContinueScript>;

export const ContinueBrief = z.object({
  ...On,
  instruction: z.string().optional(),
  episodes: z.int(),
  characters: z.int(),
  /** Number of the first of them. */
  first: z.int(),
});
export type ContinueBrief = z.infer<typeof ContinueBrief>;
