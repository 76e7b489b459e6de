// One episode of a script that is written from an outline.
import { type AiCtx, type Prompted, wordingOf } from '../../ai/index.ts';
import { episode as source } from '../../ai/prompts/episode.v1.ts';
import { Failure } from '../../platform/failure.ts';
import type { Job, Telling, WrittenPart } from '../kind.ts';
import { keepPart, type Part, partOn } from '../shelf.ts';
import type { Language } from './brief.ts';
import { faultsOf } from './check.ts';
import { cleaned, layouts } from './layout.ts';
import { lengthOf } from './length.ts';
import { languages } from './outline.ts';
import type { Outline } from './outline-schema.ts';
import { Unusable, write } from './write.ts';

/** What an episode is written from besides the outline. */
export type Episode = {
  /** As it stands in its heading. */
  readonly number: number;
  /** Its place in the outline, from 0. */
  readonly at: number;
  readonly outline: Outline;
  readonly language: Language;
  readonly characters: number;
  /** How the episode before ended; asked for when the episode is begun. */
  readonly before: () => Promise<string>;
};

/** Characters of the episode before that are shown. */
const shownBefore = 700;

/** The end of a text, from the beginning of a line. */
export const ending = (text: string): string =>
  text.length <= shownBefore ? text : text.slice(-shownBefore).replace(/^[^\n]*\n/, '');

export async function writeEpisode(ctx: AiCtx, job: Job, episode: Episode, tell: Telling): Promise<WrittenPart> {
  const { shelf, asking } = job;
  const { number, language, characters } = episode;
  const known = await partOn(ctx, shelf, number);
  if (known?.isWhole) return said(number, known.text, { cached: true });
  const begun: Part = known ?? { title: titleOf(episode), text: '', isWhole: false, ground: await episode.before() };
  if (!known) await keepPart(ctx, shelf, number, begun);
  const keep = async (text: string) => {
    await keepPart(ctx, shelf, number, { ...begun, text });
    await tell(lengthOf(text));
  };
  const prompt = await promptOf(ctx, episode, begun);
  const clean = (text: string) => cleaned(text, language);
  const faults = (text: string) => faultsOf(text, { number, language, characters });
  try {
    const wrote = await write(ctx, { asking, prompt, characters, clean, faults, keep });
    await keepPart(ctx, shelf, number, { ...begun, text: wrote.text, isWhole: true });
    return said(number, wrote.text, { cached: wrote.cached, ...(wrote.isOff && { asked: characters }) });
  } catch (error) {
    // the next try asks anew: the same question has these answers
    if (error instanceof Unusable) {
      const last = (await partOn(ctx, shelf, number)) ?? begun;
      await keepPart(ctx, shelf, number, { ...last, refused: (begun.refused ?? 0) + 1 });
    }
    throw error;
  }
}

function said(number: number, text: string, { cached, asked }: { cached: boolean; asked?: number }): WrittenPart {
  const characters = lengthOf(text);
  return {
    cached,
    message: { word: 'written', values: { episode: number, characters } },
    ...(asked !== undefined && { notice: new Failure('WRITING_LENGTH', { characters, asked }) }),
  };
}

const titleOf = ({ outline, at }: Episode): string => outline.episodes[at]?.title ?? '';

/** Episodes before and behind whose beats are told. */
const [toldBefore, toldBehind] = [8, 1];

async function promptOf(ctx: AiCtx, episode: Episode, { ground, refused = 0 }: Part): Promise<Prompted> {
  const { number, at, outline, language, characters } = episode;
  const { title = '', beat = '', hook = '' } = outline.episodes[at] ?? {};
  const wording = await wordingOf(ctx, source);
  const prompt = wording({
    language: languages[language],
    layout: layouts[language](number),
    known: knownOf(episode),
    before: String(ground) || '-',
    number: String(number),
    title,
    plan: [beat, hook && `→ ${hook}`].filter(Boolean).join('\n'),
    characters: String(characters),
  });
  return refused === 0 ? prompt : { ...prompt, version: `${prompt.version}.r${refused}` };
}

function knownOf({ number, at, outline }: Episode): string {
  const { title, logline, cast, episodes } = outline;
  const first = Math.max(0, at - toldBefore);
  const beats = episodes
    .slice(first, at + toldBehind + 1)
    .map((one, i) => ({ ...one, number: number - at + first + i }))
    .filter((one) => one.number !== number)
    .map((one) => `${one.number} ${one.title}: ${one.beat}`);
  return [
    `${title}: ${logline}`,
    ...cast.map(({ name, who }) => `- ${name}: ${who}`),
    ...(beats.length > 0 ? ['', ...beats] : []),
  ].join('\n');
}
