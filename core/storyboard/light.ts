// The light and the air of a scene, from its slug line and its words.
import type { Scene } from '../script/schema.ts';
import { back, montage } from './cuts.ts';

type Said = { readonly zh: string; readonly en: string };

/** Sources of light and weather a script names, and what they do to the picture. */
const sources: readonly (readonly [RegExp, Said])[] = [
  [/烛|\bcandle/i, { zh: '烛光摇曳', en: 'flickering candlelight' }],
  [/灯笼|花灯|走马灯|莲花灯|lantern/i, { zh: '灯笼暖光', en: 'warm lantern light' }],
  [/火把|\btorch/i, { zh: '火把明灭', en: 'guttering torchlight' }],
  [/烈火|火舌|起火|大火|\b(?:a?blaze[sd]?|flames?|on fire)\b/i, { zh: '火光映照', en: 'glow of fire' }],
  [/闪电|惊雷|\b(?:lightning|thunder(?:storm|claps?)?)\b(?! of)/i, { zh: '闪电乍亮', en: 'flashes of lightning' }],
  [/霓虹|neon/i, { zh: '霓虹灯影', en: 'neon glow' }],
  [/月光|月上|月下|\bmoon(?:light|lit)?\b/i, { zh: '清冷月光', en: 'cold moonlight' }],
  [/夕阳|晚霞|sunset/i, { zh: '夕照斜光', en: 'low sunset light' }],
  [/油灯|盏灯|灯下|孤灯|残灯|\blamps?\b/i, { zh: '孤灯一点', en: 'a single lamp' }],
];

const weathers: readonly (readonly [RegExp, Said])[] = [
  [
    /大雨|暴雨|骤雨|倾盆|雨夜|雨幕|rainstorm|downpour|(?:heavy|pouring|driving|torrential) rain|\brain (?:hammers|pours|lashes|pounds|pelts)/i,
    { zh: '大雨滂沱', en: 'heavy rain' },
  ],
  [
    /秋雨|细雨|下雨|雨中|雨里|雨水|雨点|雨滴|雨丝|雨声|冒雨|淋.{0,2}雨|窗外.{0,3}雨|\brain(?:s|ing|y|fall|drops?)?\b/i,
    { zh: '细雨', en: 'fine rain' },
  ],
  [/雪落|大雪|飘雪|雪地|\bsnow(?:s|ing|y|fall|flakes?|storm|drifts?)?\b/i, { zh: '落雪', en: 'falling snow' }],
  [/雾|\b(?:mist(?:s|y)?|fog(?:gy)?)\b/i, { zh: '薄雾', en: 'mist' }],
  [/废墟|焦土|灰烬|\b(?:ruins|ashes)\b/i, { zh: '焦烟未散', en: 'smoke over ruins' }],
  [/尘封|蛛网|灰尘|\bdust/i, { zh: '浮尘', en: 'dust in the air' }],
  [/沉香|香炉|薰香|\bincense\b/i, { zh: '香烟袅袅', en: 'drifting incense smoke' }],
];

/** 雨停了; after the rain: it falls no more. */
const over =
  /[雨雪](?:也|都|已经?|终于|渐渐?|刚刚?)*(?:停|歇|住了|过天晴|后)|\b(?:rain|snow|storm|downpour)\s(?:(?:has|had|is|was|finally|now)\s)*(?:stop|end|over|ceas|let(?:s|ting)? up)\w*|\bafter the (?:rain|snow|storm)/gi;

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
  const words = [scene.location, scene.timeText, ...hereIn(scene)].join('\n').slice(0, 4000).replace(over, '');
  const hour = hours[scene.time][scene.intExt === 'INT' ? 'in' : scene.intExt === 'EXT' ? 'out' : 'unknown'];
  const lights = sources.filter(([mark]) => mark.test(words)).map(([, said]) => said);
  const found = weathers.filter(([mark]) => mark.test(words));
  const airs = found
    .filter(([, { zh }]) => zh !== '细雨' || !found.some(([, said]) => said.zh === '大雨滂沱'))
    .map(([, said]) => (scene.intExt === 'INT' && fallen.has(said.zh) ? beyond(said) : said));
  return { lighting: joined([hour, ...lights.slice(0, 2)]), air: joined(airs.slice(0, 2)) };
}

/** What a scene tells of its own place: the pictures of a montage are taken elsewhere. */
function hereIn({ elements }: Scene): string[] {
  let isElsewhere = false;
  return elements.flatMap(({ kind, text }) => {
    if (kind === 'shot' || kind === 'transition') isElsewhere = !back.test(text) && (isElsewhere || montage.test(text));
    return kind === 'action' && !isElsewhere ? [text] : [];
  });
}

const joined = (parts: readonly Said[]): Said => ({
  zh: parts.map((part) => part.zh).join('，'),
  en: parts.map((part) => part.en).join(', '),
});
