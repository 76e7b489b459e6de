// How an action is framed: wide to open, whole bodies in motion, faces that feel, things that matter.
import type { Beat } from '../beats/beat.ts';
import { mayBe, type Person } from '../cast.ts';
import { folk, limbs, many } from '../folk.ts';
import { goesOn } from '../prompt-faults.ts';
import type { Movement, ShotSize } from '../schema.ts';
import { isScreened, screened } from '../screens.ts';
import { isSame } from '../staging.ts';
import { isWriting, unwritten } from '../written.ts';
import { angleOf, moveOf } from './camera.ts';
import { bare, type Frame, merged, type Setting } from './frame.ts';
import { seenSpeakers } from './line.ts';

const eyes = /瞳孔|眼里|眼中|眼底|目光|泪|指尖|嘴角|虎口|eyes?\b|tears?\b|lips?\b|fingers?\b/i;
const face = /脸|眉|神色|神情|一怔|愣|皱|点头|摇头|抬眼|垂眼|微笑|face|frown|stare|smile|nods?\b|blink/i;
const hands = /手里|手中|手指|掌心|手腕|捏|握|攥|摸出|掏出|hands?\b|fist|grip|palm/i;
const whole =
  /跑|冲|奔|追|逃|缠斗|交手|打|翻身|翻入|跃|骑|走|跪|拜|倒|扑|坠|落|门外|runs?\b|walks?\b|fights?\b|falls?\b|jumps?\b|chase|climb|hikes?\b/i;
const all = /众人|四人|三人|五人|满堂|所有人|百官|一行人|everyone|everybody|they all/i;
const pair = /两人|二人|the two|both of them/i;
/** Somebody told of by a pronoun; not the 他 of 其他 and 他人. */
const pronoun = /(?<!其)[他她]们?(?!人|日|乡)|\b(?:he|she|they|him|his|hers?|them|their)\b/i;
const tiny =
  /针|铜钱|钱|锁|字|珠|戒|纸|蜡丸|信|印|簪|钥匙|照片|屏幕|手机|ring|key|letter|note|coin|needle|phone|photo|locket|screen/i;

export function actionFrame(i: number, beat: Beat, setting: Setting, before: readonly Frame[]): Frame {
  const people = whoActs(beat, setting, before);
  if (i === 0) return opening(beat, setting, people);
  if (people.length === 0) return withoutPeople(beat, setting);
  const text = beat.action;
  const size = sizeOfAction(i, text, people, beat);
  const purpose = (size === 'CU' || size === 'ECU') && face.test(text) ? 'reaction' : 'action';
  return {
    size,
    angle: angleOf(beat, size),
    movement: moveOf(beat, size),
    purpose,
    people: people.slice(0, size === 'CU' || size === 'ECU' ? 1 : 4),
  };
}

function sizeOfAction(i: number, text: string, people: readonly Person[], beat: Beat): ShotSize {
  if (people.length > 2 || people.some((one) => one.crowd)) return 'LS';
  if (people.length === 2) return whole.test(text) ? 'LS' : i % 2 === 0 ? 'MS' : 'MLS';
  if (whole.test(text)) return i % 2 === 0 ? 'MLS' : 'LS';
  if (eyes.test(text)) return beat.mood.level >= 2 ? 'ECU' : 'CU';
  if (face.test(text) || (hands.test(text) && beat.props.length > 0)) return 'CU';
  return i % 2 === 0 ? 'MS' : 'MLS';
}

/** The first picture of a scene is wide, wider still where the place is new and lies outside. */
function opening(beat: Beat, setting: Setting, people: readonly Person[]): Frame {
  const size: ShotSize = setting.exterior && setting.fresh && people.length === 0 ? 'ELS' : 'LS';
  const movement: Movement = people.length > 0 ? moveOf(beat, 'LS') : setting.exterior ? 'crane' : 'push_in';
  return {
    size,
    angle: size === 'ELS' ? 'high' : 'eye_level',
    movement,
    purpose: 'establishing',
    people: people.slice(0, 4),
  };
}

/** Things as large as a view. */
const large =
  /车(?![票钥牌窗灯门把轮])|[船轿]|飞机|马(?=$|匹)|\b(?:car|truck|van|bus|taxi|cab|limousine|motorcycle|train|tram|plane|helicopter|boat|ship|yacht|ferry|carriage|wagon|coach|ambulance|bridge|horse)s?$/i;
/** What a screen, a letter or a box shows inside. */
const inside =
  /屏幕|照片|[信纸条卡]片?[上里]|^(?:里|上)面|\bon (?:the |her |his )?screen\b|\b(?:screen|message|text|note|letter|sign|clock) (?:reads?|says|shows)\b/i;

const isFace = (action: string): boolean => eyes.test(action) || face.test(action);
/** 差役嘴角溢出黑血: the face is of somebody without a name. */
const isFaceOfFolk = (action: string): boolean =>
  isFace(action) && folk.test(action) && action.search(folk) < Math.max(action.search(eyes), action.search(face));

/** Whether people without a name do something with the things told of behind them: nurses push the gurney. */
function isOfFolk({ action, props: [first] }: Beat): boolean {
  const found = folk.exec(action);
  if (!found || !first || found.index >= first.at || inside.test(action) || limbs.test(action)) return false;
  // 孩子写的字条 tells of the note
  return !/^[^，。]{0,3}的/.test(action.slice(found.index + found[0].length));
}

function withoutPeople(beat: Beat, setting: Setting): Frame {
  if (isWriting(beat.action) || (screened.test(beat.action) && !inside.test(beat.action)))
    return bare('CU', 'static', 'insert');
  if (many.test(beat.action) && !(inside.test(beat.action) && beat.props.length > 0))
    return bare('LS', moveOf(beat, 'LS'), 'action');
  if (beat.props.length > 0 && beat.props.every(({ it }) => large.test(it.name)))
    return bare('LS', moveOf(beat, 'LS'), 'action');
  if (beat.props.length === 0 && !many.test(beat.action) && isFaceOfFolk(beat.action))
    return bare('CU', moveOf(beat, 'CU'), 'action');
  if (isOfFolk(beat)) return bare('MLS', moveOf(beat, 'MLS'), 'action');
  if (beat.props.length > 0 || limbs.test(beat.action) || inside.test(beat.action)) {
    const size: ShotSize = tiny.test(beat.action) ? 'ECU' : 'CU';
    const above = /案|桌|地上|掌心|图|desk|table|floor|map/i.test(beat.action);
    return bare(size, beat.mood.level > 0 ? 'push_in' : 'static', 'insert', above ? 'overhead' : 'high');
  }
  return bare(setting.exterior ? 'ELS' : 'LS', moveOf(beat, 'LS'), 'action');
}

/** Who a picture shows: those named, those a pronoun or a number stands for, else the owner of the face or hand told of. */
export function whoActs(beat: Beat, setting: Setting, before: readonly Frame[]): Person[] {
  const present = setting.stage.here(before.length);
  const action = unwritten(beat.action);
  // who is talked to on a screen is seen where an action tells of them by themselves: 苏晴躺在沙发上
  const named = beat.people
    .filter(({ it, at, length }) => setting.stage.isPresent(it) || (at === 0 && !isScreened(beat.action, at, length)))
    .map(({ it }) => it);
  if (all.test(beat.action))
    return merged(named, present)
      .filter((one) => present.some((other) => isSame(other, one)))
      .slice(0, 4);
  if (pair.test(beat.action) && named.length < 2)
    return merged(
      named,
      present.filter((one) => !one.crowd),
    ).slice(0, 2);
  const at = before.findLastIndex((frame) => frame.people.length > 0);
  const last = before[at];
  const subject = last?.people.filter((one) => last.away === undefined || !isSame(one, last.away)) ?? [];
  const goer = goingOn(beat, named, setting, before);
  if (goer !== undefined) return merged([goer], named);
  if (goesOn.test(beat.action) && subject.length > 0) return merged(subject.slice(0, 1), named);
  const [word = ''] = pronoun.exec(action) ?? [];
  // who has just spoken, though the face that listened was seen, is told of first
  const spoke = last?.purpose === 'reaction' ? seenSpeakers(setting.beats[at]!, setting) : [];
  const whom = word === '' ? [] : meant(word, merged(spoke, subject), present);
  const known = whom.filter(({ gender }) => gender !== '');
  const leads = word !== '' && action.startsWith(word);
  // 她用力一推，皇帝滚出火圈: she is none of those named, and he who leads is the one seen before rather than one named behind him
  if (named.length > 0) {
    const isSure = known[0] !== undefined && subject.some((one) => isSame(one, known[0]!));
    return leads && (isSure || !named.some((one) => mayBe(word, one.gender))) ? merged(known, named) : named;
  }
  const actors = known[0] && subject[0] && isSame(known[0], subject[0]) ? 2 : 1;
  // 挂在他腰间: whoever acts is left out in Chinese, and is still who acted last
  // Mrs. Pemberton drops her fork: it is hers
  if (/^M(?:rs?|s|iss)\b\.?\s\p{Lu}/u.test(action)) return [];
  if (word !== '')
    return leads || setting.language === 'en' || subject.length === 0 ? whom : merged(subject.slice(0, actors), known);
  if (isFace(beat.action) && beat.props.length === 0 && !isFaceOfFolk(beat.action)) return subject.slice(0, 1);
  return [];
}

/** A clause that goes on with what its subject does: 反手一拳击倒保镖甲, 手里捏着灯. */
const does =
  /^(?:又|再|反手|随即|随后|接着|然后|顺势|转身|回身|起身|弯腰|俯身|低头|抬头|坐[在着到]|[站躺靠][在着]|手[里中]|一[拳脚掌把刀剑剪肘膝巴](?!子)|[抬伸挥举抓拉拽推踢踹打扑冲跪抱搂扶盯看瞪望对向朝把将拔抽掏拿递扔揪掐按拦挡护](?!来|面|门|手)|死死|紧紧|狠狠|慢慢|缓缓|默默|悄悄|偷偷|冷冷|猛地|轻轻)/;

/** Who acts in a clause cut off from its subject: the one the words before it named last at the head of a clause, else who was seen in them. */
function goingOn(beat: Beat, named: readonly Person[], setting: Setting, before: readonly Frame[]): Person | undefined {
  const prior = setting.beats[before.length - 1];
  const isCut = prior?.shown.at(-1) === beat.shown.at(-1) && /[，,]$/.test(prior?.action ?? '');
  if (prior === undefined || !isCut || !does.test(beat.action)) return undefined;
  const heads = prior.people.filter(({ at }) => at === 0 || /[，,。；;]/.test(prior.action[at - 1]!));
  const actor =
    heads.toSorted((a, b) => b.at - a.at)[0]?.it ?? (prior.people.length === 0 ? before.at(-1)?.people[0] : undefined);
  if (actor === undefined || !setting.stage.isPresent(actor)) return undefined;
  return named.some((one) => isSame(one, actor)) ? undefined : actor;
}

/**
 * Whom a pronoun means: of those last seen, else of those present, the first whose gender it has. A he or she that may be either of
 * two whose gender nobody tells shows both; 他 is written of anybody, and the first is meant.
 */
function meant(word: string, subject: readonly Person[], present: readonly Person[]): Person[] {
  const isOne = /^(?:s?he|his|him|hers?)$/i.test(word);
  for (const group of [subject, present.filter((one) => !one.crowd)]) {
    const fitting = group.filter((one) => mayBe(word, one.gender));
    const sure = isOne || /^[他她]$/.test(word) ? fitting.find(({ gender }) => gender !== '') : undefined;
    if (sure) return [sure];
    if (fitting.length > 0) return fitting.slice(0, isOne ? 2 : 1);
  }
  return [];
}
