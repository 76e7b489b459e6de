// A script that was written from an idea: its episodes under title and people, as the first revision, or the next when a retry wrote more.

import type { Said } from '../../task/said.ts';
import { boundScript } from '../../writer/script/bind.ts';
import { GenerateBrief } from '../../writer/script/brief.ts';
import { lengthOf } from '../../writer/script/length.ts';
import { Outline } from '../../writer/script/outline-schema.ts';
import { partsOn, planOn } from '../../writer/shelf.ts';
import type { EndingOf } from './ending.ts';
import { asRevision } from './revised.ts';

export const generated: EndingOf = async (ctx, task, { shelf, brief }) => {
  const { episodes: asked, language } = GenerateBrief.parse(brief);
  const outline = Outline.parse(await planOn(ctx, shelf));
  const parts = await partsOn(ctx, shelf, outline.episodes.map((_, at) => at + 1)); // biome-ignore format: one thought
  const whole = [...parts.values()].filter(({ isWhole }) => isWhole).map(({ text }) => text);
  if (whole.length === 0) return undefined;
  const text = boundScript(outline, whole, language);
  const { revision, along } = await asRevision(ctx, task, text, outline.title);
  const written = whole.length;
  const characters = whole.reduce((sum, one) => sum + lengthOf(one), 0);
  return {
    result: { scriptId: task.script, revision, written, asked, characters },
    message: writtenOf({ written, asked, characters }),
    change: { revision },
    along,
  };
};

const writtenOf = ({ written, asked, characters }: { written: number; asked: number; characters: number }): Said =>
  written < asked
    ? { word: 'script_written_in_part', values: { written, asked } }
    : { word: 'script_written', values: { written, characters } };
