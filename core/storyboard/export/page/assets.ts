// The library on the page: people in their colours, places, things, each with its names and where it is seen.
import { figure } from '../../panel/figure.ts';
import { prop } from '../../panel/prop.ts';
import { escaped } from '../../panel/speech.ts';
import type { PanelCast } from '../../panel.ts';
import { appearances, type Story, type StoryAsset } from '../story.ts';
import { both, counted, type Language, marks } from '../words.ts';

const groups: readonly (readonly [string, string, readonly string[]])[] = [
  ['角色', 'Characters', ['character']],
  ['场景', 'Locations', ['location']],
  ['道具', 'Props', ['prop', 'vehicle']],
  ['造型', 'Costumes', ['costume']],
  ['其他', 'Others', ['extra', 'creature', 'effect', 'sound']],
];

export function assetsSection(story: Story, cast: Omit<PanelCast, 'hour'>): string {
  const seen = appearances(story);
  const often = (asset: StoryAsset) => seen.get(asset.id) ?? 0;
  const parts = groups.map(([zh, en, kinds]) => {
    const assets = story.assets.filter(({ kind }) => kinds.includes(kind)).sort((a, b) => often(b) - often(a));
    if (assets.length === 0) return '';
    const cards = assets.map((asset) => card(asset, often(asset), cast));
    return `<h3>${both(cast.language, zh, `${en} · ${assets.length}`)}</h3><div class="as">${cards.join('')}</div>`;
  });
  return `<section id="assets"><h2>${both(cast.language, '资产', 'Assets')}</h2>${parts.join('')}</section>`;
}

function card(asset: StoryAsset, shots: number, cast: Omit<PanelCast, 'hour'>): string {
  const { name, aliases, description, episodes, variants } = asset;
  const { language } = cast;
  const { list } = marks[language];
  const names = aliases.length === 0 ? '' : `<p>${both(language, '又名', 'aka')} ${escaped(aliases.join(list))}</p>`;
  const looks =
    variants.length === 0
      ? ''
      : `<p>${both(language, '造型', 'Looks')} ${escaped(variants.map((one) => one.name).join(list))}</p>`;
  const where = `<p><i>${seenIn(episodes, shots, language)}</i></p>`;
  const about =
    description === ''
      ? ''
      : `<p>${escaped(description.length > 90 ? `${description.slice(0, 90)}…` : description)}</p>`;
  return `<div class="a1">${picture(asset, cast)}<div><b>${escaped(name)}</b>${names}${looks}${where}${about}</div></div>`;
}

/** `第 1–3、7 集 · 12 镜`, `Episodes 1–3, 7 · 12 shots` */
function seenIn(episodes: readonly number[], shots: number, language: Language): string {
  const where = ranges(episodes, marks[language].list);
  const times = language === 'zh' ? `${shots} 镜` : counted(shots, 'shot');
  if (where === '') return times;
  return language === 'zh'
    ? `第 ${where} 集 · ${times}`
    : `Episode${episodes.length > 1 ? 's' : ''} ${where} · ${times}`;
}

function picture({ id, kind, name }: StoryAsset, cast: Omit<PanelCast, 'hour'>): string {
  const frame = (drawing: string) => `<svg class="p" viewBox="0 0 56 72">${drawing}</svg>`;
  if (kind === 'character')
    return frame(
      figure({
        x: 28,
        y: 12,
        scale: 2.2,
        woman: cast.isWoman(id),
        facing: 'camera',
        feeling: 'calm',
        speaks: false,
        pose: 'stand',
        colour: cast.colour(id),
      }),
    );
  return kind === 'prop' || kind === 'vehicle' || kind === 'costume' ? frame(prop(name, 28, 36, 44)) : '';
}

/** `1–3、7` */
function ranges(numbers: readonly number[], list: string): string {
  const runs: [number, number][] = [];
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(list);
}
