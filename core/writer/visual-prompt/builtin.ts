// The prompts the engine writes without a model. Pure.
import { followed } from '../../shot/followed.ts';
import { reprompted } from '../../storyboard/index.ts';
import { type Field, fields, type Texts } from './answer.ts';
import { isShot, type Row } from './choose.ts';
import { draftOf } from './draft.ts';
import type { Opened } from './open.ts';
import type { Subject } from './subject.ts';

/** Of an asset by what the library knows, of a shot by its own fields; what the engine has no words for is left out. */
export function builtinTexts(row: Row, { wanted }: Subject, opened: Opened): Texts {
  const said = isShot(row) ? ofShot(row, opened) : ofAsset(row, opened);
  return only(said, (field) => wanted.includes(field) && Boolean(said[field]));
}

const ofAsset = (row: Exclude<Row, { board: string }>, { ground }: Opened): Partial<Record<Field, string>> => ({
  zh: draftOf(row, ground, 'zh'),
  en: draftOf(row, ground, 'en'),
});

function ofShot({ content }: Extract<Row, { board: string }>, opened: Opened): Partial<Record<Field, string>> {
  const { ground, standing } = opened;
  const { imagePrompt, videoPrompt, endFrame } = reprompted(followed(content, standing), ground);
  return {
    zh: imagePrompt.zh, en: imagePrompt.en, vid: videoPrompt.zh, vidEn: videoPrompt.en, end: endFrame.zh, endEn: endFrame.en,
  }; // biome-ignore format: one thought
}

/** Those of the texts that have nothing in their place yet: a draft writes over nothing. */
export function fillingOnly(texts: Texts, row: Row): Texts {
  const there: Partial<Record<Field, string>> = isShot(row)
    ? {
        zh: row.content.imagePrompt.zh, en: row.content.imagePrompt.en, vid: row.content.videoPrompt.zh,
        vidEn: row.content.videoPrompt.en, end: row.content.endFrame.zh, endEn: row.content.endFrame.en,
      }
    : { zh: row.attributes.visual_prompt_zh ?? '', en: row.attributes.visual_prompt_en ?? '' }; // biome-ignore format: one thought
  return only(texts, (field) => texts[field] !== undefined && !there[field]);
}

const only = (texts: Partial<Record<Field, string | undefined>>, isKept: (field: Field) => boolean): Texts =>
  Object.fromEntries(fields.filter(isKept).map((field) => [field, texts[field]])) as Texts;
