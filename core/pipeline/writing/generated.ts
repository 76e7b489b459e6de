// A script that was written from an idea: its episodes under title and people, as the first revision, or the next when a retry wrote more.
import { boundScript } from '../../writer/script/bind.ts';
import { GenerateBrief } from '../../writer/script/brief.ts';
import { Outline } from '../../writer/script/outline-schema.ts';
import { partsOn, planOn } from '../../writer/shelf.ts';
import type { EndingOf } from './ending.ts';
import { asRevision } from './revised.ts';
import { told } from './told.ts';

export const generated: EndingOf = async (ctx, task, { shelf, brief }) => {
  const { episodes, language } = GenerateBrief.parse(brief);
  const outline = Outline.parse(await planOn(ctx, shelf));
  const parts = await partsOn(ctx, shelf, outline.episodes.map((_, at) => at + 1)); // biome-ignore format: one thought
  const texts = [...parts.values()].filter(({ isWhole }) => isWhole).map(({ text }) => text);
  if (texts.length === 0) return undefined;
  const rawText = boundScript(outline, texts, language);
  const { revision, along } = await asRevision(ctx, task, { rawText, title: outline.title });
  return { ...told(task.script, revision, texts, episodes), change: { revision }, along };
};
