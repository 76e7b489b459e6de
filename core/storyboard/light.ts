// The light and the air of a scene, from its slug line and its words.
import type { Scene } from '../script/schema.ts';

type Said = { readonly zh: string; readonly en: string };

/** Sources of light and weather a script names, and what they do to the picture. */
const sources: readonly (readonly [RegExp, Said])[] = [
  [/烛|candle/i, { zh: '烛光摇曳', en: 'flickering candlelight' }],
  [/灯笼|花灯|走马灯|莲花灯|lantern/i, { zh: '灯笼暖光', en: 'warm lantern light' }],
  [/火把|torch/i, { zh: '火把明灭', en: 'guttering torchlight' }],
  [/烈火|火舌|起火|大火|blaze|flames?|on fire/i, { zh: '火光映照', en: 'glow of fire' }],
  [/闪电|惊雷|lightning|thunder/i, { zh: '闪电乍亮', en: 'flashes of lightning' }],
  [/霓虹|neon/i, { zh: '霓虹灯影', en: 'neon glow' }],
  [/月光|月上|月下|moon/i, { zh: '清冷月光', en: 'cold moonlight' }],
  [/夕阳|晚霞|sunset/i, { zh: '夕照斜光', en: 'low sunset light' }],
  [/油灯|盏灯|灯下|孤灯|残灯|lamp/i, { zh: '孤灯一点', en: 'a single lamp' }],
];

const weathers: readonly (readonly [RegExp, Said])[] = [
  [
    /大雨|暴雨|骤雨|倾盆|雨夜|雨幕|rainstorm|downpour|(?:heavy|pouring|driving|torrential) rain|\brain (?:hammers|pours|lashes|pounds|pelts)/i,
    { zh: '大雨滂沱', en: 'heavy rain' },
  ],
  [
    /秋雨|细雨|下雨|雨中|雨里|雨水|雨点|雨滴|雨丝|雨声|冒雨|淋.{0,2}雨|窗外.{0,3}雨|\brain/i,
    { zh: '细雨', en: 'fine rain' },
  ],
  [/雪落|大雪|飘雪|雪地|\bsnow/i, { zh: '落雪', en: 'falling snow' }],
  [/雾|mist|fog/i, { zh: '薄雾', en: 'mist' }],
  [/废墟|焦土|灰烬|ruin|ashes/i, { zh: '焦烟未散', en: 'smoke over ruins' }],
  [/尘封|蛛网|灰尘|dust/i, { zh: '浮尘', en: 'dust in the air' }],
  [/沉香|香炉|薰香|incense/i, { zh: '香烟袅袅', en: 'drifting incense smoke' }],
];

/** What falls from the sky falls outside of a room. */
const fallen = new Set(['大雨滂沱', '细雨', '落雪']);
const beyond = ({ zh, en }: Said): Said => ({ zh: `窗外${zh}`, en: `${en} outside the window` });

const hours: Readonly<Record<Scene['time'], { in: Said; out: Said; unknown: Said }>> = {
  DAY: {
    in: { zh: '窗外天光，柔和侧光', en: 'soft daylight through windows' },
    out: { zh: '自然日光，明亮通透', en: 'clear natural daylight' },
    unknown: { zh: '自然日光', en: 'natural daylight' },
  },
  NIGHT: {
    in: { zh: '夜内暖光，低调高反差', en: 'warm practicals, low key and high contrast' },
    out: { zh: '夜色冷蓝，点光源勾边', en: 'cold blue night with rim light' },
    unknown: { zh: '夜色低调光', en: 'low-key night light' },
  },
  DAWN: {
    in: { zh: '晨光初透，冷暖交界', en: 'first light, cool turning warm' },
    out: { zh: '清晨薄光，长影', en: 'thin dawn light and long shadows' },
    unknown: { zh: '清晨薄光', en: 'thin dawn light' },
  },
  DUSK: {
    in: { zh: '斜阳入室，暖橙侧逆光', en: 'low amber light from the side' },
    out: { zh: '黄昏逆光，轮廓金边', en: 'dusk backlight with golden rims' },
    unknown: { zh: '黄昏暖光', en: 'warm dusk light' },
  },
  SAME: {
    in: { zh: '光线承接上一场', en: 'light as in the scene before' },
    out: { zh: '光线承接上一场', en: 'light as in the scene before' },
    unknown: { zh: '光线承接上一场', en: 'light as in the scene before' },
  },
  UNKNOWN: {
    in: { zh: '室内均匀光', en: 'even interior light' },
    out: { zh: '自然光', en: 'natural light' },
    unknown: { zh: '均匀自然光', en: 'even natural light' },
  },
};

export type Light = { readonly lighting: Said; readonly air: Said };

/** Lighting and air of a scene: the hour first, then the sources and the weather its place and actions name. */
export function lightOf(scene: Scene): Light {
  const words = [
    scene.location,
    scene.timeText,
    ...scene.elements.filter((e) => e.kind === 'action').map((e) => e.text),
  ]
    .join('\n')
    .slice(0, 4000);
  const hour = hours[scene.time][scene.intExt === 'INT' ? 'in' : scene.intExt === 'EXT' ? 'out' : 'unknown'];
  const lights = sources.filter(([mark]) => mark.test(words)).map(([, said]) => said);
  const found = weathers.filter(([mark]) => mark.test(words));
  const airs = found
    .filter(([, { zh }]) => zh !== '细雨' || !found.some(([, said]) => said.zh === '大雨滂沱'))
    .map(([, said]) => (scene.intExt === 'INT' && fallen.has(said.zh) ? beyond(said) : said));
  return { lighting: joined([hour, ...lights.slice(0, 2)]), air: joined(airs.slice(0, 2)) };
}

const joined = (parts: readonly Said[]): Said => ({
  zh: parts.map((part) => part.zh).join('，'),
  en: parts.map((part) => part.en).join(', '),
});
