// What a project is made of.
import { snake } from '../platform/case.ts';
import type { Making } from './schema.ts';

/** What the existing clients start a project with. Source: the contract of POST /projects. */
export const standard: Making = {
  targetDuration: '60s',
  language: 'zh',
  visualStyle: '',
  imageSize: '2560x1440',
  imageCount: 1,
};

const names = Object.keys(standard) as (keyof Making)[];
/** As clients write them inside `settings`, which is data and is not renamed. */
const known = new Set<string>(names.map(snake));

/** The known fields as they stand inside `settings`. */
export const asSettings = (row: Making): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [snake(name), row[name]]));

type Asked = { [name in keyof Making]?: Making[name] | undefined } & {
  settings?: Record<string, unknown> | undefined;
};

/** Known fields and the client's own settings, of a request that may say the known ones in either place. */
export function madeOf({ settings = {}, ...asked }: Asked): { making: Partial<Making>; own: Record<string, unknown> } {
  const making: Record<string, unknown> = {};
  for (const name of names) {
    const value = asked[name] ?? settings[snake(name)];
    if (value !== undefined) making[name] = value;
  }
  const own = Object.fromEntries(Object.entries(settings).filter(([name]) => !known.has(name)));
  return { making: making as Partial<Making>, own };
}
