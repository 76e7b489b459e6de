// Prompts for image and video models, in Chinese and English, made of what the shot says. Proper nouns stay as the script writes them.

import { mayBe } from './cast.ts';
import type { Direction } from './direction.ts';
import {
  angleNames,
  depthNames,
  facingNames,
  intExtNames,
  movementNames,
  type Said,
  sideNames,
  sizeNames,
  timeNames,
} from './labels.ts';
import { type Feeling, feelingIn } from './mood.ts';
import { pronoun } from './prompt-faults.ts';
import type { ShotContent } from './schema.ts';

/** What the production asks of every picture. */
export type StyleOptions = {
  /** The look of the whole, in words: 国风水墨, cinematic realism. '' when none is set. */
  readonly visualStyle: string;
  readonly language: 'zh' | 'en';
  readonly aspect: '9:16' | '16:9';
};

/** The frame of a production by its picture size in pixels, `1080x1920`; upright where it does not say. */
export function aspectOf(imageSize: string): StyleOptions['aspect'] {
  const [width = 0, height = 1] = imageSize.split(/[x×*]/).map(Number);
  return width > height ? '16:9' : '9:16';
}

/** What a prompt is made of besides the shot itself. */
export type Telling = {
  readonly style: StyleOptions;
  readonly lighting: Said;
  readonly air: Said;
  readonly feeling: Feeling;
  readonly time: ShotContent['time'];
  /** Looks by person: asset id or name → words. */
  readonly looks: ReadonlyMap<string, string>;
  /** Genders by person, as the looks are; '' or nothing where none is known. */
  readonly genders: ReadonlyMap<string, string>;
  readonly props: readonly string[];
  /** A director's own words, said in place of the engine's. */
  readonly direction?: Pick<Direction, 'picture' | 'motion'>;
};

type Prompts = Pick<ShotContent, 'imagePrompt' | 'videoPrompt'>;

/** Prompts of a shot. Every one names place and time, and its people by name. */
export function promptsOf(shot: ShotContent, telling: Telling): Prompts {
  return {
    imagePrompt: { zh: sentence('zh', still(shot, telling, 'zh')), en: sentence('en', still(shot, telling, 'en')) },
    videoPrompt: { zh: sentence('zh', moving(shot, telling, 'zh')), en: sentence('en', moving(shot, telling, 'en')) },
  };
}

type Language = 'zh' | 'en';

const sentence = (language: Language, parts: readonly string[]): string => {
  const filled = parts.filter((part) => part !== '');
  return language === 'zh'
    ? `${filled.join('。').replace(/[。．.]+。/g, '。')}。`.replace(/。+$/, '。')
    : `${filled.join('. ').replace(/\.+\. /g, '. ')}.`;
};

function still(shot: ShotContent, telling: Telling, language: Language): string[] {
  const zh = language === 'zh';
  const { style } = telling;
  const frame = zh
    ? `${sizeNames[shot.size].zh}，${angleNames[shot.angle].zh}`
    : `${capital(sizeNames[shot.size].en)}, ${angleNames[shot.angle].en}`;
  const light = [telling.lighting[language], telling.air[language]].filter(Boolean).join(zh ? '，' : ', ');
  const optics = zh
    ? `${shot.lens}镜头，${depthNames[shot.depthOfField].zh}，${style.aspect}${style.aspect === '9:16' ? '竖幅' : '横幅'}构图`
    : `${shot.lens} lens, ${depthNames[shot.depthOfField].en}, ${style.aspect} ${style.aspect === '9:16' ? 'vertical' : 'horizontal'} composition`;
  const props =
    telling.props.length === 0 ? '' : zh ? `道具：${telling.props.join('、')}` : `Props: ${telling.props.join(', ')}`;
  return [
    style.visualStyle,
    frame,
    where(shot, telling, language),
    cast(shot, telling, language),
    wanted(shot, telling, telling.direction?.picture, language) || doing(shot, telling, language),
    own(shot.composition, shot, telling, language),
    props,
    light,
    optics,
  ];
}

function moving(shot: ShotContent, telling: Telling, language: Language): string[] {
  const zh = language === 'zh';
  const camera = zh
    ? `${shot.duration}秒，${sizeNames[shot.size].zh}，${angleNames[shot.angle].zh}，镜头${movementNames[shot.movement].zh}`
    : `${shot.duration} s, ${sizeNames[shot.size].en}, ${angleNames[shot.angle].en}, ${movementNames[shot.movement].en}`;
  const sound = shot.soundEffect === '' ? '' : zh ? `音效：${shot.soundEffect}` : `Sound: ${shot.soundEffect}`;
  return [
    telling.style.visualStyle,
    camera,
    where(shot, telling, language),
    cast(shot, telling, language),
    wanted(shot, telling, telling.direction?.motion, language) || doing(shot, telling, language),
    own(shot.acting, shot, telling, language),
    own(shot.effects, shot, telling, language),
    ...shot.lines.map((line) => speaks(line, language)),
    sound,
    telling.lighting[language],
  ];
}

function where(shot: ShotContent, telling: Telling, language: Language): string {
  const place = shot.location || (language === 'zh' ? '地点未写明' : 'place not stated');
  const rest = [intExtNames[shot.intExt][language], timeNames[telling.time][language]];
  return [place, ...rest].join(language === 'zh' ? '，' : ', ');
}

function cast(shot: ShotContent, telling: Telling, language: Language): string {
  const zh = language === 'zh';
  if (shot.blocking.length === 0) return zh ? '画面中无人物' : 'No people in frame';
  const each = shot.blocking.map((one) => {
    const look = [telling.looks.get(one.assetId || one.name) ?? '', one.variant].filter(Boolean).join(zh ? '；' : '; ');
    const stands = `${sideNames[one.side][language]}${zh ? '' : ' '}${facingNames[one.facing][language]}`;
    return zh
      ? `${one.name}（${look === '' ? '' : `${look}；`}${stands}）`
      : `${one.name} (${look === '' ? '' : `${look}; `}${stands})`;
  });
  return zh ? `人物：${each.join('、')}` : `People: ${each.join(', ')}`;
}

/** Words of the production's language stand in the prompt of that language alone. */
const own = (words: string | undefined, shot: ShotContent, telling: Telling, language: Language): string =>
  telling.style.language === language ? wanted(shot, telling, { [language]: words ?? '' }, language) : '';

/** A director's words with a name where they begin with a pronoun; '' where nobody is there whom it could stand for. */
function wanted(shot: ShotContent, telling: Telling, words: Partial<Said> | undefined, language: Language): string {
  const said = words?.[language]?.trim() ?? '';
  if (seen(shot).length === 0) return pronoun.test(said) ? '' : said;
  return namedIn(said, shot, telling, language);
}

/** Those whose faces are seen. */
const seen = (shot: ShotContent): ShotContent['blocking'] => shot.blocking.filter((one) => one.facing !== 'away');

const listed = (people: ShotContent['blocking'], language: Language): string =>
  people.map((one) => one.name).join(language === 'zh' ? '、' : ' and ');

const leading = /^([\s“"（(]*)(他们|她们|他|她|He|She|They)(?=[^\p{L}]|[\p{Script=Han}])/u;

/** Words that begin with a pronoun with the names it means of those seen; as they are where it may mean several of them, or none. */
function namedIn(words: string, shot: ShotContent, { genders }: Telling, language: Language): string {
  const [whole, before = '', word = ''] = leading.exec(words) ?? [];
  if (whole === undefined) return words;
  const several = /们|They/.test(word);
  const fitting = seen(shot).filter((one) => several || mayBe(word, genders.get(one.assetId || one.name) ?? ''));
  const sure = fitting.filter((one) => (genders.get(one.assetId || one.name) ?? '') !== '');
  const meant = several || sure.length === 0 ? fitting : sure;
  if (meant.length === 0 || (!several && meant.length > 1)) return words;
  const named = `${before}${listed(meant, language)}${language === 'zh' ? '' : ' '}${words.slice(whole.length)}`;
  return named.replace(/ {2,}/g, ' ');
}

function doing(shot: ShotContent, telling: Telling, language: Language): string {
  const zh = language === 'zh';
  const feeling = feelingIn(telling.feeling, language);
  const who = listed(seen(shot), language);
  if (shot.action === '') {
    if (who === '') return zh ? '空镜' : 'Empty frame, the place alone';
    const speaks = shot.lines.some((line) => line.onScreen && line.voice === 'ON');
    return zh
      ? `${who}${speaks ? '说话' : '聆听'}，神情${feeling}`
      : `${who} ${speaks ? 'speaking' : 'listening'}, ${feeling}`;
  }
  const named = namedIn(shot.action, shot, telling, language);
  if (zh) return named;
  // the script's own words are quoted; what surrounds them says in English who and how
  return telling.style.language === 'en'
    ? named
    : `${who === '' ? 'The picture' : who} as the script says: “${named}”, mood ${feeling}`;
}

/** A line of dialogue as a video prompt says it. */
export function speaks(line: ShotContent['lines'][number], language: Language): string {
  const zh = language === 'zh';
  const who = line.speakers.join(zh ? '、' : ', ') || (zh ? '画外' : 'a voice');
  const how = line.paren === '' ? '' : zh ? `（${line.paren}）` : ` (${line.paren})`;
  const voice = line.voice === 'ON' ? '' : ` [${line.voice}]`;
  return zh ? `${who}${how}${voice}说：“${line.text}”` : `${who}${how}${voice} says: “${line.text}”`;
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** A video prompt whose spoken lines changed. Words a person wrote are left as they are. */
export function retold(
  prompt: Said,
  before: ShotContent['lines'],
  after: readonly ShotContent['lines'][number][],
): Said {
  const tell = (language: Language): string => {
    const end = language === 'zh' ? '。' : '. ';
    const old = before.map((line) => speaks(line, language));
    const first = old.find((words) => prompt[language].includes(words));
    const told = after.map((line) => speaks(line, language)).join(end);
    if (first === undefined) return prompt[language];
    const bare = old
      .filter((words) => words !== first)
      .reduce((text, words) => text.replace(words + end, '').replace(words, ''), prompt[language]);
    return bare.replace(told === '' && bare.includes(first + end) ? first + end : first, () => told);
  };
  return { zh: tell('zh'), en: tell('en') };
}
