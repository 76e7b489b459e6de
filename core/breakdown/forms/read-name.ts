// Reads a label in the document's language; a Latin label in a Chinese script is read as English.
import { readChineseName } from './chinese-name.ts';
import { readEnglishName } from './english-name.ts';
import type { NameParts } from './name-parts.ts';
import { simplified } from './normal.ts';

/** What a label tells about itself. Brackets are ignored: 裴照（少年） is read as 裴照少年. */
export function readName(surface: string, language: 'zh' | 'en'): NameParts {
  const form = surface.normalize('NFKC').trim();
  if (language === 'en' || !/\p{Script=Han}/u.test(form)) return readEnglishName(form);
  return readChineseName(simplified(form).replace(/[\s()【】[\]《》“”"·•]/g, ''));
}
