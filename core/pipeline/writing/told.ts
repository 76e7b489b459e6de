// What a task says of a script it has written. Pure.
import type { Said } from '../../task/said.ts';
import type { ScriptResult } from '../../task/schema.ts';
import { lengthOf } from '../../writer/script/length.ts';

/** @param texts of the parts that are whole. @param asked how many there should be. */
export function told(
  scriptId: string,
  revision: number,
  texts: readonly string[],
  asked: number,
): { result: ScriptResult; message: Said } {
  const written = texts.length;
  const characters = texts.reduce((sum, text) => sum + lengthOf(text), 0);
  return {
    result: { scriptId, revision, written, asked, characters },
    message:
      written < asked
        ? { word: 'script_written_in_part', values: { written, asked } }
        : { word: 'script_written', values: { written, characters } },
  };
}
