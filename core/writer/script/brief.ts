// What people say when they have a script written.
import * as z from 'zod';
import { rule } from '../../platform/words.ts';

/** More than this is no drama any more; the plan of one is a single answer. */
const mostEpisodes = 100;

const line = (most: number) => z.string().trim().min(1).max(most);

/**
 * How long an episode is to be: `minutes` on the screen, or `characters` of script (UTF-16 units, blanks not counted).
 * Two minutes where neither is said.
 */
const Length = {
  episodeMinutes: z.number().min(0.5).max(20).optional(),
  episodeCharacters: z.int().min(200).max(12_000).optional(),
};

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
      .regex(/^(zh|en)\b/i, { error: rule('目前支持 zh 或 en', 'zh or en') })
      .optional(),
    style: line(500).optional(),
    audience: line(200).optional(),
    title: line(200).optional(),
  })
  .refine(({ episodeMinutes, episodeCharacters }) => episodeMinutes === undefined || episodeCharacters === undefined, {
    path: ['episodeMinutes'],
    message: rule(
      'episode_minutes 与 episode_characters 只能给出一个',
      'give either episode_minutes or episode_characters',
    ),
  });
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

/** Characters of script for a minute on the screen: our own Chinese dramas have 600 to 700; a page of a screenplay, a minute, has a thousand. */
const perMinute: Readonly<Record<Language, number>> = { zh: 650, en: 1000 };

export const charactersOf = (
  {
    episodeMinutes = 2,
    episodeCharacters,
  }: { episodeMinutes?: number | undefined; episodeCharacters?: number | undefined },
  language: Language,
): number => episodeCharacters ?? Math.round(episodeMinutes * perMinute[language]);

export const languageOf = (said: string): Language => (/^en\b/i.test(said) ? 'en' : 'zh');
