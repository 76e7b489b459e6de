// The plan of a script: asked for as an object, held against what was asked.
import { type AiCtx, type ObjectCall, object, wordingOf } from '../../ai/index.ts';
import { outline as prompt } from '../../ai/prompts/outline.v1.ts';
import type { Asking } from '../../reader/asking.ts';
import { isIn } from '../../reader/language.ts';
import type { Job } from '../kind.ts';
import type { Language } from './brief.ts';
import { Outline } from './outline-schema.ts';

export const languages: Readonly<Record<Language, string>> = { zh: 'Chinese (简体中文)', en: 'English' };

/** What an outline is asked from. */
export type Wanted = {
  readonly idea: string;
  readonly genre: string;
  readonly episodes: number;
  readonly characters: number;
  readonly language: Language;
  readonly style?: string | undefined;
  readonly audience?: string | undefined;
  readonly title?: string | undefined;
  /** The story so far, where a script is continued. */
  readonly before?: string | undefined;
};

/** Tokens of the answer: the people, and some sentences for each episode. */
export const outlineOutput = (episodes: number): number => 900 + 220 * episodes;
/** What it may take at first, beside what is expected: models that think do so within it. */
const spare = 2;

/** Throws what `object` throws. */
export async function outlined(ctx: AiCtx, { asking }: Pick<Job, 'asking'>, wanted: Wanted): Promise<Outline> {
  return (await object(ctx, await outlineCall(ctx, asking, wanted))).value;
}

/** The outline as episodes are written from it: under the title that is wanted, where there is one. */
export const entitled = (outline: Outline, { title }: Pick<Wanted, 'title'>): Outline => ({
  ...outline,
  title: title?.trim() || outline.title,
});

export async function outlineCall(ctx: AiCtx, asking: Asking, wanted: Wanted): Promise<ObjectCall<Outline>> {
  const wording = await wordingOf(ctx, prompt);
  return {
    ...asking,
    use: 'write',
    prompt: wording(fillings(wanted)),
    schema: Outline,
    schemaName: 'outline',
    maxOutputTokens: outlineOutput(wanted.episodes) * spare,
    check: (answer) => faultOf(answer, wanted),
  };
}

const fillings = ({ language, episodes, characters, ...wanted }: Wanted): Record<string, string> => ({
  language: languages[language],
  idea: wanted.idea,
  genre: wanted.genre,
  style: wanted.style ?? '-',
  audience: wanted.audience ?? '-',
  title: wanted.title ?? '-',
  before: wanted.before ?? '-',
  characters: String(characters),
  episodes: String(episodes),
});

/** What is wrong with an outline, in words for the model. */
export function faultOf({ episodes, cast, logline }: Outline, wanted: Wanted): string | undefined {
  if (episodes.length !== wanted.episodes)
    return `- episodes: ${episodes.length} are there, ${wanted.episodes} are asked for`;
  const names = cast.map(({ name }) => name);
  if (new Set(names).size < names.length) return '- cast: a name stands there twice';
  const told = [logline, ...episodes.map(({ beat }) => beat)].join('\n');
  if (!isIn(wanted.language, told)) return `- it is not written in ${languages[wanted.language]}`;
  return undefined;
}
