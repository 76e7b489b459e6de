// Traditional characters as Simplified ones.
import { ConverterFactory } from 'opencc-js/core';
import traditional from 'opencc-js/dict/TSCharacters';

let made: ReturnType<typeof ConverterFactory> | undefined;
// on first use: the dictionary takes longer to build than most functions to start
const simplify = (text: string): string => {
  made ??= ConverterFactory([traditional]);
  return made(text);
};

/** Simplified characters for Traditional ones, character by character (names have no phrases). Other text is untouched. */
export function simplified(text: string): string {
  return /\p{Script=Han}/u.test(text) ? simplify(text) : text;
}
