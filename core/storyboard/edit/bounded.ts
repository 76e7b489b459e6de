// How much a shot may tell.
import { Failure } from '../../platform/failure.ts';
import { words } from '../../platform/words.ts';
import type { ShotContent } from '../schema.ts';

/** Bytes of JSON. A shot, and the audit line with what it was and is, stay below the 400 KB a row may have. */
const mostTold = 100_000;

/** Whether texts of a shot are short enough to be kept. */
export const isShort = (content: object): boolean => Buffer.byteLength(JSON.stringify(content)) <= mostTold;

/** The same content. Throws SHOT_REFUSED when it is longer than a shot may be. */
export function bounded(content: ShotContent): ShotContent {
  if (isShort(content)) return content;
  throw new Failure('SHOT_REFUSED', {
    reason: words(
      '镜头内容的 JSON 将超过 100,000 字节，请先缩短其中的文字（如提示词、动作、氛围）',
      'its content would be over 100,000 bytes of JSON; shorten its texts first, such as prompts, action or atmosphere',
    ),
  });
}
