// Scenes of a script told otherwise; each episode is asked for on its own, after the one before it.
import { type AiCtx, wordingOf } from '../../ai/index.ts';
import { rewrite as source } from '../../ai/prompts/rewrite.v1.ts';
import { notFound } from '../../platform/failure.ts';
import { isIn } from '../../reader/language.ts';
import type { WritingKind } from '../kind.ts';
import { partOn } from '../shelf.ts';
import { type Base, baseOf } from './base.ts';
import { type Language, RewriteBrief } from './brief.ts';
import { unaddressed } from './layout.ts';
import { lengthOf } from './length.ts';
import { languages } from './outline.ts';
import { type Assignment, ending, writePart } from './part.ts';
import { type Passage, passageFault, passageOf, textOf } from './passage.ts';

export const rewrite: WritingKind = {
  plan: async (_, job) => {
    const { parts } = RewriteBrief.parse(job.brief);
    return {
      waves: parts.map(({ episode }) => [episode]),
      message: { word: 'passages', values: { episodes: parts.length } },
    };
  },
  part: async (ctx, job, number, tell) => {
    const brief = RewriteBrief.parse(job.brief);
    const base = await baseOf(ctx, brief.script, brief.revision);
    const part = brief.parts.find(({ episode }) => episode === number);
    const passage = part && passageOf(base.document, part);
    if (!passage) throw notFound();
    const before = async () => {
      // as it is rewritten, where it is
      const isWhole = brief.parts.some(({ episode, scenes }) => episode === number - 1 && !scenes);
      const rewritten = isWhole && !part.scenes ? await partOn(ctx, job.shelf, number - 1) : undefined;
      return ending(rewritten?.text || base.text.slice(0, passage.spans[0]!.start).trimEnd());
    };
    return writePart(ctx, job, { ...assignmentOf(ctx, brief, passage, base), before }, tell);
  },
};

/** @param passage of the base. */
export function assignmentOf(
  ctx: AiCtx,
  { instruction, language }: RewriteBrief,
  passage: Passage,
  base: Base,
): Omit<Assignment, 'before'> {
  const { episode, scenes, spans } = passage;
  const part = textOf(passage, base);
  return {
    number: episode.number,
    title: episode.title,
    characters: lengthOf(part),
    promptOf: async (before) => {
      const wording = await wordingOf(ctx, source);
      return wording({
        language: languages[language],
        kept: scenes ? `its ${scenes.length} scene headings` : 'the heading of the episode',
        instruction,
        before: before || '-',
        behind: beginning(base.text.slice(spans.at(-1)!.end).trimStart()) || '-',
        part,
      });
    },
    clean: (text) => bare(text, base, language),
    faults: (text) => ({
      layout: isIn(language, text)
        ? passageFault(text, passage, base)
        : `- it is not written in ${languages[language]}`,
    }),
  };
}

/** Characters of what stands behind that are shown. */
const shownBehind = 400;
const beginning = (text: string): string => text.slice(0, shownBehind);

/** Without what models put around a text and the script has not. */
const bare = (text: string, base: Base, language: Language): string => {
  const plain = text.replace(/\r\n/g, '\n').replace(/^\s*```\w*\s*$/gm, '');
  const unfenced = unaddressed(plain, language, (line) => base.text.includes(line));
  return (base.text.includes('**') ? unfenced : unfenced.replace(/\*\*/g, '')).trim();
};
