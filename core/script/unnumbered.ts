// What a slug line says besides which scene of the script it is: that changes when one is put in before it.
import type { Scene } from './schema.ts';

/** A slug line without the number it begins with, as scripts write it: `1-2 …`, `[1-2] …`, `第三场 …`, `场景1 …`, `3、…`. Pure. */
export function unnumbered({ number }: Pick<Scene, 'number'>, heading: string): string {
  if (number === '') return heading;
  const digits = number.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const counted = `[\\s[【（(]*(?:第|场景|场次|场|scene)?\\s*${digits}(?!\\d)\\s*[场幕]?[\\]】）)]*[\\s.、．:：,，]*`;
  return heading.replace(new RegExp(`^${counted}`, 'iu'), '');
}
