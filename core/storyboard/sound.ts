// What is heard besides speech: the air of a place, and the music a feeling asks for.
import type { Scene } from '../script/schema.ts';
import type { Said } from './labels.ts';
import type { Feeling } from './mood.ts';

/** What is told of the weather, in the place's name or the actions. The first two that fit are taken. */
const weathers: readonly (readonly [RegExp, Said])[] = [
  [/雨(?!停|后)|\brain(?!bow)/i, { zh: '雨声', en: 'rain' }],
  [/雷|\bthunder\b(?! of)/i, { zh: '远雷', en: 'distant thunder' }],
  [/(?<![灯烟恼发香炉])火(?![车锅腿柴气])|\bfire\b|flames?\b/i, { zh: '火焰噼啪', en: 'crackling fire' }],
  [/风(?![采度景光])|\bwind/i, { zh: '风声', en: 'wind' }],
];

/** By the name of the place alone: people speak of many places. */
const places: readonly (readonly [RegExp, Said])[] = [
  [/河|湖|海|江|溪|码头|水边|river|\blake\b|\bsea\b|ocean|harbou?r|dock/i, { zh: '水声', en: 'water' }],
  [/街|市|集|巷|酒楼|茶馆|street|market|\bcity\b|\bbar\b|caf[eé]/i, { zh: '市声人语', en: 'street life' }],
  [/车站|机场|公路|车流|station|airport|traffic|highway/i, { zh: '车流声', en: 'traffic' }],
  [/医院|病房|hospital|ward\b/i, { zh: '仪器滴答', en: 'hospital monitors' }],
  [/山|林|野|荒|坡|园|forest|mountain|field|trail|wood|garden/i, { zh: '风过草木', en: 'wind in leaves' }],
];

/** The sound of a scene's place and hour; a room's own hush where nothing is told. */
export function ambienceOf(scene: Scene, time: Scene['time']): Said {
  const actions = scene.elements.filter(({ kind }) => kind === 'action').map(({ text }) => text);
  const words = [scene.location, ...actions].join('\n').slice(0, 4000);
  const told = [
    ...weathers.filter(([mark]) => mark.test(words)),
    ...places.filter(([mark]) => mark.test(scene.location)),
  ].map(([, said]) => said);
  if (scene.intExt === 'EXT' && time === 'NIGHT') told.push({ zh: '夜虫', en: 'night insects' });
  if (told.length === 0)
    told.push(scene.intExt === 'EXT' ? { zh: '户外环境声', en: 'open air' } : { zh: '室内底噪', en: 'room tone' });
  const taken = told.slice(0, 2);
  return { zh: taken.map(({ zh }) => zh).join('，'), en: taken.map(({ en }) => en).join(', ') };
}

const scores: Readonly<Record<Feeling, Said>> = {
  terror: { zh: '低频嗡鸣，骤停', en: 'low drone, sudden stop' },
  grief: { zh: '大提琴独奏，缓', en: 'solo cello, slow' },
  rage: { zh: '鼓点渐密', en: 'drums closing in' },
  sorrow: { zh: '弦乐，哀而不伤', en: 'restrained strings' },
  shock: { zh: '一记重音后静默', en: 'one hit, then silence' },
  urgency: { zh: '急促打击乐', en: 'urgent percussion' },
  pain: { zh: '不协和弦乐', en: 'dissonant strings' },
  threat: { zh: '低音弦乐，渐强', en: 'low strings, rising' },
  fear: { zh: '颤音弦乐', en: 'tremolo strings' },
  joy: { zh: '轻快拨弦', en: 'light pizzicato' },
  tender: { zh: '钢琴，柔', en: 'soft piano' },
  secret: { zh: '稀疏拨弦', en: 'sparse plucked strings' },
  grave: { zh: '低沉弦乐长音', en: 'long low strings' },
  doubt: { zh: '悬置和弦', en: 'suspended chord' },
  excited: { zh: '节奏渐起', en: 'rising rhythm' },
  asking: { zh: '悬置和弦', en: 'suspended chord' },
  hesitant: { zh: '单音钢琴', en: 'single piano notes' },
  calm: { zh: '', en: '' },
};

/** The music a feeling asks for; '' where silence serves. */
export const scoreOf = (feeling: Feeling): Said => scores[feeling];
