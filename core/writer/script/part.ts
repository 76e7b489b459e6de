// One part of a script: begun from what it is written from, gone on with by a retry, kept as far as it comes.
import type { AiCtx, Prompted } from '../../ai/index.ts';
import { Failure } from '../../platform/failure.ts';
import type { Job, Telling, WrittenPart } from '../kind.ts';
import { keepPart, type Part, partOn } from '../shelf.ts';
import type { Faults } from './check.ts';
import { lengthOf } from './length.ts';
import { Unusable, write } from './write.ts';

/** What is written. `characters` it should have. */
export type Assignment = {
  readonly number: number;
  readonly title: string;
  readonly characters: number;
  /** What stands before it; settled when it is begun, so that a retry goes on with the same question. */
  readonly before: () => Promise<string>;
  readonly promptOf: (before: string) => Promise<Prompted>;
  readonly clean: (text: string) => string;
  readonly faults: (text: string) => Faults;
};

/** Characters of the text before that are shown. */
const shownBefore = 700;

/** The end of a text, from the beginning of a line. */
export const ending = (text: string): string =>
  text.length <= shownBefore ? text : text.slice(-shownBefore).replace(/^[^\n]*\n/, '');

/** Throws what `write` throws; what arrived is kept. */
export async function writePart(ctx: AiCtx, job: Job, assignment: Assignment, tell: Telling): Promise<WrittenPart> {
  const { shelf, asking } = job;
  const { number, title, characters, clean, faults } = assignment;
  const known = await partOn(ctx, shelf, number);
  if (known?.isWhole) return said(number, known.text, { cached: true });
  const begun: Part = known ?? { title, text: '', isWhole: false, ground: await assignment.before() };
  if (!known) await keepPart(ctx, shelf, number, begun);
  const keep = async (text: string) => {
    await keepPart(ctx, shelf, number, { ...begun, text });
    await tell(lengthOf(text));
  };
  const prompt = anew(await assignment.promptOf(typeof begun.ground === 'string' ? begun.ground : ''), begun);
  try {
    const wrote = await write(ctx, { asking, prompt, characters, clean, faults, keep });
    await keepPart(ctx, shelf, number, { ...begun, text: wrote.text, isWhole: true });
    return said(number, wrote.text, { cached: wrote.cached, ...(wrote.isOff && { asked: characters }) });
  } catch (error) {
    if (error instanceof Unusable) await refuse(ctx, job, number, begun);
    throw error;
  }
}

/** The next try asks anew: to the same question there are answers already. */
async function refuse(ctx: AiCtx, { shelf }: Job, number: number, begun: Part): Promise<void> {
  const { text } = (await partOn(ctx, shelf, number)) ?? begun;
  await keepPart(ctx, shelf, number, { ...begun, text, refused: (begun.refused ?? 0) + 1 });
}

const anew = (prompt: Prompted, { refused = 0 }: Part): Prompted =>
  refused === 0 ? prompt : { ...prompt, version: `${prompt.version}.r${refused}` };

function said(number: number, text: string, { cached, asked }: { cached: boolean; asked?: number }): WrittenPart {
  const characters = lengthOf(text);
  return {
    cached,
    message: { word: 'written', values: { episode: number, characters } },
    ...(asked !== undefined && { notice: new Failure('WRITING_LENGTH', { characters, asked }) }),
  };
}
