// Which language and which grammar a text is written in.
import type { Assembly } from '../assembly.ts';
import { languageOf } from '../language.ts';
import type { ScriptFormat } from '../schema.ts';
import type { Source } from '../source.ts';
import { readChinese } from './chinese/index.ts';
import { readPlay } from './play/index.ts';
import { readScreenplay } from './screenplay/index.ts';

/** Reads a text with the grammar it is written in. Throws TOO_MANY_SCENES. */
export function readGrammar(source: Source, format: ScriptFormat): { assembly: Assembly; known: ReadonlySet<string> } {
  const language = languageOf(source.text);
  if (language === 'zh' && !(format === 'fountain' && isChineseFountain(source.text))) return readChinese(source);
  if (format === 'fountain') return readScreenplay(source, { kind: 'fountain', language });
  return isPlay(source.text) ? readPlay(source) : readScreenplay(source, { kind: 'plain', language });
}

const FORCED = /^(?:@|\.[A-Za-z一-龥]|(?:INT|EXT|EST|I\/E|INT\.?\/EXT)[. ])/m;

/** True when a Chinese text is laid out as Fountain: forced cues or English slug lines. */
const isChineseFountain = (text: string) => FORCED.test(text.slice(0, 200_000));

const ACT = /^[^\S\n]{0,200}ACT\s+(?:[IVX]+|ONE|TWO|THREE|FOUR|FIVE|[0-9])\b/im;
const SCENE = /^[^\S\n]{0,200}SCENE\s+(?:[IVX]+|[0-9]+|ONE|TWO|THREE|FOUR|FIVE)\b/im;
const PLAY_CUE = /^[^\S\n]{0,8}[A-Z][A-Z’'. -]{1,30}[.:](?:\s|$)/gm;
const SLUG =
  /^[^\S\n]{0,200}(?:(?:SC(?:ENE)?\.?\s+)?[0-9]{1,4}(?:[-.][0-9]{1,3})?[A-Z]?[.:–—-]?\s+)?(?:INT|EXT|I\/E)[./ ]/im;

/** True for a play: acts or scenes by number, cues closed by a full stop, and no INT./EXT. */
function isPlay(text: string): boolean {
  const sample = text.slice(0, 400_000);
  if (SLUG.test(sample)) return false;
  const cues = sample.match(PLAY_CUE)?.length ?? 0;
  return (ACT.test(sample) || SCENE.test(sample)) && cues >= 4;
}
