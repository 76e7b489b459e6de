// The prompt of an asset as the engine writes it: what the library knows of it, in the order a picture is described. Pure.
import type { AssetRow } from '../../asset/store.ts';
import type { AssetKind } from '../../breakdown/schema.ts';
import { flat, type Ground } from './ground.ts';
import { longestAttribute } from './of-asset.ts';
import type { Language, Said } from './subject.ts';

const said = (zh: string, en: string): Said => ({ zh, en });

/** How each kind is shown alone. */
const views: Readonly<Record<AssetKind, Said>> = {
  character: said('角色设定图，正面全身立像，纯色背景', 'Character sheet, full figure from the front, plain ground'),
  location: said('场景设定图，全景，空镜', 'Location design, wide view, nobody there'),
  prop: said('道具设定图，整体居中，纯色背景', 'Prop design, whole and centred, plain ground'),
  costume: said('服装设定图，正面平展，纯色背景', 'Costume design from the front, plain ground'),
  vehicle: said('载具设定图，四分之三侧面，纯色背景', 'Vehicle design, three-quarter view, plain ground'),
  creature: said('生物设定图，全身侧面，纯色背景', 'Creature design, whole body from the side, plain ground'),
  effect: said('特效概念图，深色背景', 'Effect concept, dark ground'),
  sound: said('', ''),
  extra: said('群众演员设定图，正面全身立像，纯色背景', 'Extras design, full figures from the front, plain ground'),
};

const genders: Readonly<Record<string, Said>> = { male: said('男性', 'male'), female: said('女性', 'female') };

/** Attributes a picture shows, in order. */
const shown = ['appearance', 'look'] as const;

/** The prompt in a language; words of the script stay as it writes them. Never longer than an attribute may be. */
export function draftOf(
  row: AssetRow,
  { style, assets }: Pick<Ground, 'style' | 'assets'>,
  language: Language,
): string {
  const zh = language === 'zh';
  const { gender = '', age = '' } = row.attributes;
  const of = row.parent === undefined ? undefined : assets.get(row.parent)?.name;
  const known = shown.flatMap((name) => row.attributes[name] ?? []);
  const parts = [
    style.visualStyle,
    views[row.kind][language],
    of === undefined ? row.name : zh ? `${of}的${row.name}` : `${row.name} of ${of}`,
    [genders[gender]?.[language] ?? '', age === '' ? '' : zh ? `${age}岁` : `age ${age}`].filter(Boolean).join(zh ? '，' : ', '), // biome-ignore format: one thought
    ...(known.length > 0 ? known : [row.description]),
  ].map((part) => flat(part).replace(/[。.]+$/, ''));
  const [joint, end] = zh ? ['。', '。'] : ['. ', '.'];
  const fitting = parts.filter(Boolean).reduce((text, part) => {
    const next = text === '' ? part : `${text}${joint}${part}`;
    return next.length < longestAttribute ? next : text;
  }, '');
  return `${fitting}${end}`;
}
