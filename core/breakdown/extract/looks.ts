// Looks: what a line says somebody wears. The costume's form carries its wearer: 谢灯儿·靛蓝短褐.
import type { Biography, Scene } from '../../script/schema.ts';
import { englishGarments, englishRoles, roleGender } from '../vocabulary/english.ts';
import { garments, wearVerbs } from '../vocabulary/wardrobe.ts';
import type { Naming } from './chinese-address.ts';
import { biographySpot, type Collector, type Spot, spotOf } from './collect.ts';
import { phrasesIn } from './english-things.ts';

/** Stands between wearer and look in the form of a costume. */
export const wornBy = '·';

const wears = new RegExp(
  `(?:${[...wearVerbs].sort((a, b) => b.length - a.length).join('|')})(?:[一两]?[身件袭套条顶双副只])?(?:了)?([^，。！？；、：…\\s]{0,10}?(?:${garments.join('|')}))(?![一-鿿]*[上下里内]?[的]?(?:口袋|店|铺))`,
  'gu',
);
const englishWears =
  /\b(?:wears?|wearing|dressed in|in|puts on|clad in|sporting)\s+((?:an?|the|his|her|their)\s+(?:[A-Za-z'-]+\s+){0,3}[A-Za-z'-]+)/g;

/** Without an article: MARIA ALVAREZ (38), leather jacket, enters; in plate armor. */
const englishBare =
  /(?:\([^()\d]{0,20}\d[^()]{0,40}\),|\b(?:wears|wearing|dressed in|clad in|in)) (?!(?:an?|the|his|her|their) )()((?:[a-z'’-]{1,20} ){0,2}[a-z'’-]{1,20})(?=[,.;]|$)/g;

type Namer = (text: string) => readonly Naming[];

/** Costume mentions of an episode's action lines. */
export function extractLooks(scenes: readonly Scene[], language: 'zh' | 'en', named: Namer, into: Collector): void {
  for (const scene of scenes)
    for (const element of scene.elements)
      if (element.kind === 'action' || element.kind === 'shot') looksIn(spotOf(scene, element), language, named, into);
}

/** Costume mentions of the biographies: 常穿一身白西装. */
export function extractBiographyLooks(biographies: readonly Biography[], language: 'zh' | 'en', into: Collector): void {
  for (const biography of biographies)
    looksIn(
      biographySpot(biography),
      language,
      // all of it is about them
      () => [{ form: biography.name, start: 0, end: biography.text.length, called: false }],
      into,
    );
}

function looksIn(spot: Spot, language: 'zh' | 'en', named: Namer, into: Collector): void {
  const namings = named(spot.text);
  for (const { look, start, end } of language === 'zh' ? chineseLooks(spot.text) : englishLooks(spot.text)) {
    const wearer = namings.filter((naming) => naming.start <= start).at(-1);
    if (wearer && isTheirs(spot.text.slice(wearer.end, start + 1)))
      into.mention('costume', `${wearer.form}${wornBy}${look}`, 'named', spot, [start, end]);
  }
}

/** Between a name and a look: the age stands right behind its name, and Tom sees a girl in red shoes is none of Tom's. */
function isTheirs(between: string): boolean {
  if (between.endsWith('(')) return between.trim() === '(';
  const word = /([a-z]+?)s?\s+.$/.exec(between)?.[1] ?? '';
  // ANNA (30), a nurse in scrubs
  return /^(?: \([^()]*\))?, [^,.]*$/.test(between) || !(englishRoles.has(word) || roleGender(word));
}

interface Look {
  readonly look: string;
  readonly start: number;
  readonly end: number;
}

function chineseLooks(text: string): Look[] {
  return [...text.matchAll(wears)].flatMap((match) => {
    const look = match[1]!.replace(/^(?:一|两)?[身件袭套条顶双副只]/, '').replace(/^[的了着]/, '');
    return look.length > 1 ? [{ look, start: match.index, end: match.index + match[0].length }] : [];
  });
}

function englishLooks(text: string): Look[] {
  const worn = [...text.matchAll(englishWears), ...text.matchAll(englishBare)];
  return worn.flatMap((match) => {
    const [phrase] = phrasesIn(match[1] || `the ${match[2]}`, englishGarments);
    return phrase ? [{ look: phrase.form, start: match.index, end: match.index + match[0].length }] : [];
  });
}
