// Prompts for image and video models, in Chinese and English, made of what the shot says. Proper nouns stay as the script writes them.

import { isMan, isWoman, mayBe } from './cast.ts';
import type { Direction } from './direction.ts';
import { folk, limbs, portrait } from './folk.ts';
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
import { lookInEnglish } from './looks.ts';
import { type Feeling, feelingIn } from './mood.ts';
import { goesOn, pronoun } from './prompt-faults.ts';
import type { ShotContent } from './schema.ts';
import { isChannel, screened } from './screens.ts';
import { ended, isTold, speaks } from './voiced.ts';
import { unmarked } from './written.ts';

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
  /** Where it is taken, of a scene cut between places; else the shot's place. */
  readonly place: string;
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

const sentence = (language: Language, parts: readonly string[]): string =>
  parts
    .map((part) => ended(part, language))
    .filter((part) => part !== '')
    .join(language === 'zh' ? '' : ' ');

function still(shot: ShotContent, telling: Telling, language: Language): string[] {
  const zh = language === 'zh';
  const { style } = telling;
  const frame = zh
    ? `${sizeNames[shot.size].zh}，${angleNames[shot.angle].zh}`
    : `${capital(sizeNames[shot.size].en)}, ${angleNames[shot.angle].en}`;
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
    lit(telling, language),
    optics,
  ];
}

/** Light and weather. */
const lit = ({ lighting, air }: Telling, language: Language): string =>
  capital([lighting[language], air[language]].filter(Boolean).join(language === 'zh' ? '，' : ', '));

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
    lit(telling, language),
  ];
}

function where(shot: ShotContent, telling: Telling, language: Language): string {
  // what the script does not say is nothing to paint
  const isOwn = shot.location.toLowerCase().includes(telling.place.toLowerCase());
  const setting = shot.intExt === 'UNKNOWN' || !isOwn ? '' : intExtNames[shot.intExt][language];
  const time = telling.time === 'UNKNOWN' ? '' : timeNames[telling.time][language];
  return [telling.place, setting, time].filter(Boolean).join(language === 'zh' ? '，' : ', ');
}

function cast(shot: ShotContent, telling: Telling, language: Language): string {
  const zh = language === 'zh';
  if (shot.blocking.length === 0)
    return [folk, limbs, portrait, screened, brought].some((mark) => mark.test(shot.action))
      ? ''
      : zh
        ? '画面中无人物'
        : 'No people in frame';
  const each = shot.blocking.map((one) => {
    const who = one.assetId || one.name;
    const gender = telling.genders.get(who) ?? '';
    const sex = isWoman(gender) ? (zh ? '女' : 'female') : isMan(gender) ? (zh ? '男' : 'male') : '';
    const [own, worn] = [telling.looks.get(who) ?? '', wornBy(one)];
    const look = [sex, ...(zh ? [own, worn] : [lookInEnglish(own), lookInEnglish(worn)])]
      .filter(Boolean)
      .join(zh ? '；' : '; ');
    const stands = `${sideNames[one.side][language]}${zh ? '' : ' '}${facingNames[one.facing][language]}`;
    return zh
      ? `${one.name}（${look === '' ? '' : `${look}；`}${stands}）`
      : `${one.name} (${look === '' ? '' : `${look}; `}${stands})`;
  });
  return zh ? `人物：${each.join('、')}` : `People: ${each.join(', ')}`;
}

/** A look as a picture shows it: of 少年裴照 what he is, his name is told already. */
function wornBy({ name, variant }: ShotContent['blocking'][number]): string {
  const at = variant.toLowerCase().indexOf(name.toLowerCase());
  const state = at < 0 || name === '' ? '' : `${variant.slice(0, at)}${variant.slice(at + name.length)}`.trim();
  return state === '' ? variant : state.toLowerCase();
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
  language === 'zh'
    ? people.map(({ name }) => name).join('、')
    : people
        .map(({ name }) => name)
        .join(', ')
        .replace(/, (?=[^,]*$)/, ' and ');

/** Somebody brought in whom the library does not know: DMITRI (45, white suit) leans out; Mrs. Pemberton. */
const brought = /\p{Lu}[\p{Lu}.’' -]{1,40}\s?\((?:\d|early|mid|late)|\bM(?:rs?|s|iss)\b\.?\s\p{Lu}/u;

const leading = /^([\s“"（(]*)(他们|她们|他|她|He|She|They)(?=[^\p{L}]|[\p{Script=Han}])/u;

/** Words that begin with a pronoun with the names it means of those seen; as they are where it may mean several of them, or none. */
function namedIn(words: string, shot: ShotContent, { genders }: Telling, language: Language): string {
  const [one] = seen(shot);
  if (one && goesOn.test(words)) return words.replace(/^\w+/, one.name);
  const [whole, before = '', word = ''] = leading.exec(words) ?? [];
  if (whole === undefined) return words;
  const several = /们|They/.test(word);
  // whoever is named behind a pronoun is not whom it means
  const free = seen(shot).filter(({ name }) => several || !words.toLowerCase().includes(name.toLowerCase()));
  const fitting = free.filter((one) => several || mayBe(word, genders.get(one.assetId || one.name) ?? ''));
  const sure = fitting.filter((one) => (genders.get(one.assetId || one.name) ?? '') !== '');
  const meant = several || sure.length === 0 ? fitting : sure;
  if (meant.length === 0 || (!several && meant.length > 1)) return words;
  const named = `${before}${listed(meant, language)}${language === 'zh' ? '' : ' '}${words.slice(whole.length)}`;
  return named.replace(/ {2,}/g, ' ');
}

function doing(shot: ShotContent, telling: Telling, language: Language): string {
  const zh = language === 'zh';
  if (shot.action === '')
    return seen(shot).length === 0 ? (zh ? '空镜' : 'Empty frame, the place alone') : talking(shot, telling, language);
  const named = namedIn(unmarked(shot.action), shot, telling, language);
  if (zh) return named;
  // the script's own words are quoted; what surrounds them says in English who and how
  const who = listed(seen(shot), language);
  return telling.style.language === 'en'
    ? named
    : `${who === '' ? 'The picture' : who} as the script says: “${named}”, mood ${feelingIn(telling.feeling, language)}`;
}

const saidBy = ({ assetId, name }: ShotContent['blocking'][number], line: ShotContent['lines'][number]): boolean =>
  assetId === '' ? line.speakers.includes(name) : line.speakerAssetIds.includes(assetId);

/** Those who are seen where lines are all there is: who speaks and how, who only thinks, who listens. The feeling is the speaker's. */
function talking(shot: ShotContent, telling: Telling, language: Language): string {
  const zh = language === 'zh';
  const comma = zh ? '，' : ', ';
  const feeling = feelingIn(telling.feeling, language);
  const mood = zh ? `神情${feeling}` : feeling;
  const linesOf = (one: ShotContent['blocking'][number]) =>
    shot.lines.filter((line) => line.onScreen && line.voice !== 'VO' && saidBy(one, line));
  const all = Map.groupBy(seen(shot), (one) => {
    const lines = linesOf(one);
    return lines.length === 0 ? 'hears' : lines.every(({ voice }) => voice === 'OS') ? 'thinks' : 'speaks';
  });
  const isOver = shot.lines.length > 0 && shot.lines.every(isTold);
  const does = {
    speaks: zh ? '说话' : ' speaking',
    thinks: zh ? '沉思，双唇紧闭' : ' in thought, lips closed',
    // a voice over the picture is heard by nobody in it
    hears: isOver ? (zh ? '沉默不语' : ' silent') : zh ? '聆听' : ' listening',
  };
  const manner =
    telling.style.language === language && shot.lines.length === 1 && !isChannel(shot.lines[0]!.paren)
      ? shot.lines[0]!.paren
      : '';
  return (['speaks', 'thinks', 'hears'] as const)
    .flatMap((what) => {
      const people = all.get(what);
      if (!people) return [];
      const how =
        what === 'hears' ? [] : manner === '' ? [mood] : telling.feeling === 'calm' ? [manner] : [manner, mood];
      return [[`${listed(people, language)}${does[what]}`, ...how].join(comma)];
    })
    .join(zh ? '；' : '; ');
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
