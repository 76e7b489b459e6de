// Scenes told otherwise: the script with them in their places, as its next revision.
import { type Base, baseOf } from '../../writer/script/base.ts';
import { RewriteBrief } from '../../writer/script/brief.ts';
import { passageOf, replacementsOf } from '../../writer/script/passage.ts';
import { type Replacement, spliced } from '../../writer/script/splice.ts';
import { partsOn } from '../../writer/shelf.ts';
import type { EndingOf } from './ending.ts';
import { asRevision } from './revised.ts';
import { told } from './told.ts';

export const rewritten: EndingOf = async (ctx, task, { shelf, brief }) => {
  const { script, revision: on, parts } = RewriteBrief.parse(brief);
  const base = await baseOf(ctx, script, on);
  const written = await partsOn(ctx, shelf, parts.map(({ episode }) => episode)); // biome-ignore format: one thought
  const whole = parts.flatMap((part) => {
    const found = written.get(part.episode);
    return found?.isWhole ? [{ part, text: found.text }] : [];
  });
  if (whole.length === 0) return undefined;
  const replacements = whole.flatMap(({ part, text }) => placed(part, text, base));
  const { revision, along } = await asRevision(ctx, task, {
    rawText: base.mark + spliced(base, replacements),
    fileName: base.fileName,
  });
  const texts = whole.map(({ text }) => text);
  return { ...told(script, revision, texts, parts.length), change: { revision }, along };
};

/** What was checked when it was written. */
function placed(part: RewriteBrief['parts'][number], text: string, base: Base): Replacement[] {
  const passage = passageOf(base.document, part);
  const replacements = passage && replacementsOf(text, passage, base);
  if (!replacements) throw new TypeError(`what was written of episode ${part.episode} has no place`);
  return replacements;
}
