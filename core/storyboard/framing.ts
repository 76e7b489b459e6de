// How a beat is framed. Conventions of editing from a script: start wide, closer with emotion, inserts for props, faces that react.
import { type Beat, onCamera } from './beats.ts';
import type { Lookup, Person } from './cast.ts';
import type { CameraAngle, Movement, ShotContent, ShotSize } from './schema.ts';
import { isSame, type Stage } from './staging.ts';

export type Frame = {
  readonly size: ShotSize;
  readonly angle: CameraAngle;
  readonly movement: Movement;
  readonly purpose: ShotContent['purpose'];
  readonly people: readonly Person[];
  /** Seen from behind, over the shoulder. */
  readonly away?: Person;
};

/** What framing a beat depends on besides the beat. */
export type Setting = {
  readonly sceneId: string;
  readonly language: 'zh' | 'en';
  readonly exterior: boolean;
  /** The place has not been seen in this episode. */
  readonly fresh: boolean;
  readonly stage: Stage;
  readonly library: Lookup;
  readonly beats: readonly Beat[];
  /** Lines in the scenes before, so that reactions fall as often in many short scenes as in one long. */
  readonly linesBefore: number;
};

/** The frame of the beat at `i`; `before` are the frames of the beats before it in this scene. */
export function frameOf(i: number, setting: Setting, before: readonly Frame[]): Frame {
  const beat = setting.beats[i]!;
  const asked = cameraAsked(beat, setting, before);
  if (asked !== undefined) return asked;
  if (beat.kind === 'caption') return bare('LS', 'static', 'caption');
  return beat.kind === 'line' ? lineFrame(i, beat, setting, before) : actionFrame(i, beat, setting, before);
}

const bare = (
  size: ShotSize,
  movement: Movement,
  purpose: Frame['purpose'],
  angle: CameraAngle = 'eye_level',
): Frame => ({
  size,
  angle,
  movement,
  purpose,
  people: [],
});

/** Words of a camera line of the script, the narrower first: 大特写 before 特写. */
const asks: readonly (readonly [RegExp, ShotSize])[] = [
  [/大特写|极特写|extreme close/i, 'ECU'],
  [/特写|close[ -]?(up|on)|insert/i, 'CU'],
  [/近景/, 'MCU'],
  [/中景|medium/i, 'MS'],
  [/中全景|中远景/, 'MLS'],
  [/大远景|大全景|航拍|远景|aerial|extreme long/i, 'ELS'],
  [/全景|空镜|wide|long shot|establishing/i, 'LS'],
];

const led = /^[【[（(]?(?:特写|大特写|近景|中景|全景|远景|空镜)/;

/** Whether the script's own words ask for a framing. */
export const asksSize = (text: string): boolean => asks.some(([mark]) => mark.test(led.exec(text)?.[0] ?? ''));

function cameraAsked(beat: Beat, setting: Setting, before: readonly Frame[]): Frame | undefined {
  const words = beat.camera || led.exec(beat.action)?.[0] || '';
  const size = asks.find(([mark]) => mark.test(words))?.[1];
  if (size === undefined) return undefined;
  const people = /空镜/.test(words) ? [] : whoActs(beat, setting, before);
  const angle = /俯|overhead|aerial/i.test(words) ? 'overhead' : /仰|low angle/i.test(words) ? 'low' : 'eye_level';
  return { size, angle, movement: moveOf(beat, size), purpose: people.length > 0 ? 'action' : 'insert', people };
}

// ---- lines

function lineFrame(i: number, beat: Beat, setting: Setting, before: readonly Frame[]): Frame {
  const seen = seenSpeakers(beat, setting);
  const { stage } = setting;
  if (seen.length === 0) return unseenSpeaker(beat, setting, before);
  if (i === 0) return { ...bare('LS', 'static', 'dialogue'), people: merged(seen, stage.present).slice(0, 4) };
  if (seen.some((one) => one.crowd)) return { ...bare('MLS', 'static', 'dialogue'), people: seen };
  if (seen.length > 1) return { ...bare('MS', 'static', 'dialogue'), people: seen.slice(0, 4) };
  const speaker = seen[0]!;
  if (!beat.spoken.every((part) => onCamera(part.element)))
    return { ...bare('CU', 'push_in', 'dialogue'), people: [speaker] };
  const n = setting.beats.slice(0, i).filter((one) => one.kind === 'line').length;
  const partner = partnerOf(i, speaker, setting);
  if (partner !== undefined) {
    // a line now and then is heard on the face it is meant for, and of a long speech the second part of three
    const [said, ...others] = beat.spoken;
    const calm = beat.mood.level <= 2 && others.length === 0 && i < setting.beats.length - 1;
    const listens = said!.parts === 1 ? (setting.linesBefore + n) % 4 === 2 : said!.part % 3 === 2;
    if (calm && listens)
      return { ...bare(beat.mood.level > 0 ? 'CU' : 'MCU', 'static', 'reaction'), people: [partner] };
    if (n % 6 === 5) return { ...bare('MLS', 'static', 'dialogue'), people: [speaker, partner] };
  }
  return single(i, n, beat, speaker, partner, setting);
}

function single(
  i: number,
  n: number,
  beat: Beat,
  speaker: Person,
  partner: Person | undefined,
  setting: Setting,
): Frame {
  const late = i / setting.beats.length > 0.6 ? 0.5 : 0;
  const near = beat.mood.level + late;
  const size: ShotSize = near >= 3.5 ? 'ECU' : near >= 2 ? 'CU' : near >= 1 ? 'MCU' : n % 2 === 0 ? 'MS' : 'MCU';
  const angle = angleOf(beat, size);
  const movement = moveOf(beat, size);
  if (partner !== undefined && angle === 'eye_level' && (size === 'MCU' || size === 'MS') && n % 3 !== 0)
    return { size, angle: 'over_shoulder', movement, purpose: 'dialogue', people: [speaker, partner], away: partner };
  return { size, angle, movement, purpose: 'dialogue', people: [speaker] };
}

/** Speakers who are seen saying (or thinking) the lines of a beat. */
export function seenSpeakers(beat: Beat, setting: Setting): Person[] {
  const people: Person[] = [];
  for (const { element } of beat.spoken)
    for (const label of element.speakers ?? []) {
      const who = setting.library.person(label, setting.sceneId);
      const voice = element.voice ?? 'ON';
      // in Chinese scripts OS is a thought of somebody in the picture; in English ones it comes from outside the frame
      const seen =
        element.kind === 'dialogue' &&
        (voice === 'ON' ||
          (voice === 'OS' && setting.language === 'zh' && setting.stage.isPresent(who)) ||
          (voice === 'PHONE' && setting.stage.isPresent(who)));
      if (seen && !people.some((one) => isSame(one, who))) people.push(who);
    }
  return people;
}

/** A voice without a face: on the one who listens, else on the place. */
function unseenSpeaker(beat: Beat, setting: Setting, before: readonly Frame[]): Frame {
  const voices = beat.spoken.flatMap((part) => part.element.speakers ?? []);
  const others = setting.stage.present.filter(
    (one) => !voices.some((label) => isSame(setting.library.person(label, setting.sceneId), one)),
  );
  const last = before.at(-1)?.people.find((one) => others.some((other) => isSame(one, other)));
  const listener = last ?? others.find((one) => !one.crowd);
  if (listener === undefined || before.length === 0) return bare('LS', 'push_in', 'montage');
  return { ...bare(beat.mood.level > 1 ? 'CU' : 'MCU', 'push_in', 'reaction'), people: [listener] };
}

/** Who a line is said to: the one who spoke before, else who answers, else the other lead. */
function partnerOf(i: number, speaker: Person, setting: Setting): Person | undefined {
  const voices = (beat: Beat | undefined) => (beat === undefined ? [] : seenSpeakers(beat, setting));
  const other = (people: readonly Person[]) => people.find((one) => !one.crowd && !isSame(one, speaker));
  for (const j of [i - 1, i - 2, i + 1, i + 2]) {
    const found = other(voices(setting.beats[j]));
    if (found !== undefined) return found;
  }
  return other(setting.stage.present);
}

// ---- actions

const eyes = /瞳孔|眼里|眼中|眼底|目光|泪|指尖|嘴角|虎口|eyes?\b|tears?\b|lips?\b|fingers?\b/i;
const face = /脸|眉|神色|神情|一怔|愣|皱|点头|摇头|抬眼|垂眼|微笑|face|frown|stare|smile|nods?\b|blink/i;
const hands = /手里|手中|手指|掌心|手腕|捏|握|攥|摸出|掏出|hands?\b|fist|grip|palm/i;
const whole =
  /跑|冲|奔|追|逃|缠斗|交手|打|翻身|翻入|跃|骑|走|跪|拜|倒|扑|坠|落|门外|runs?\b|walks?\b|fights?\b|falls?\b|jumps?\b|chase|climb|hikes?\b/i;
const all = /众人|四人|三人|五人|满堂|所有人|百官|一行人|everyone|everybody|crowd|they all/i;
const pair = /两人|二人|the two|both of them/i;
/** Somebody told of by a pronoun; not the 他 of 其他 and 他人. */
const pronoun = /(?<!其)他(?!人|日|乡)|她|\b(?:he|she|they|him|his|hers?|them|their)\b/i;
const tiny =
  /针|铜钱|钱|锁|字|珠|戒|纸|蜡丸|信|印|簪|钥匙|照片|屏幕|手机|ring|key|letter|note|coin|needle|phone|screen/i;

function actionFrame(i: number, beat: Beat, setting: Setting, before: readonly Frame[]): Frame {
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

function withoutPeople(beat: Beat, setting: Setting): Frame {
  if (beat.props.length > 0) {
    const size: ShotSize = tiny.test(beat.action) ? 'ECU' : 'CU';
    const above = /案|桌|地上|掌心|图|desk|table|floor|map/i.test(beat.action);
    return bare(size, beat.mood.level > 0 ? 'push_in' : 'static', 'insert', above ? 'overhead' : 'high');
  }
  return bare(setting.exterior ? 'ELS' : 'LS', moveOf(beat, 'LS'), 'action');
}

/** Who a picture shows: those named, those a pronoun or a number stands for, else the owner of the face or hand told of. */
export function whoActs(beat: Beat, setting: Setting, before: readonly Frame[]): Person[] {
  const { present } = setting.stage;
  const named = beat.people.map(({ it }) => it).filter((one) => setting.stage.isPresent(one));
  if (all.test(beat.action)) return merged(named, present).slice(0, 4);
  if (pair.test(beat.action) && named.length < 2)
    return merged(
      named,
      present.filter((one) => !one.crowd),
    ).slice(0, 2);
  if (named.length > 0) return named;
  const last = [...before].reverse().find((frame) => frame.people.length > 0);
  const subject = last?.people.filter((one) => last.away === undefined || !isSame(one, last.away)) ?? [];
  if (pronoun.test(beat.action))
    return (subject.length > 0 ? subject : present.filter((one) => !one.crowd)).slice(0, 1);
  if ((eyes.test(beat.action) || face.test(beat.action)) && beat.props.length === 0) return subject.slice(0, 1);
  return [];
}

function angleOf(beat: Beat, size: ShotSize): CameraAngle {
  const text = beat.action;
  if (/门缝|从.{1,6}看去|望出去|through the (keyhole|gap)/i.test(text)) return 'pov';
  if (/舆图|棋盘|围坐|overhead|from above/i.test(text)) return 'overhead';
  if (/跪|倒地|倒在|瘫|蜷|跌坐|kneel|collapse|cower/i.test(text)) return 'high';
  if (/立于|立在|端坐|负手|居高|逼近|踏|looms?|towers?/i.test(text)) return 'low';
  if (beat.mood.word === 'terror' && size !== 'ECU') return 'dutch';
  if (beat.mood.word === 'rage' || (beat.mood.word === 'threat' && size !== 'CU')) return 'low';
  if (beat.mood.word === 'grief' && size !== 'ECU') return 'high';
  return 'eye_level';
}

/** Camera movement a picture asks for; a still camera is the rule. */
const moves: readonly (readonly [RegExp, Movement])[] = [
  [/目光扫|环顾|扫过|缓缓转动|looks around|scans/i, 'pan'],
  [/抬头|仰望|站起|起身|升起|落下|looks up|rises|stands up/i, 'tilt'],
  [/缠斗|交手|狂奔|挣扎|逃|厮杀|fights?\b|struggle|chase/i, 'handheld'],
  [/马车|骑|策马|驶|车|drives?\b|rides?\b/i, 'track'],
  [/走|快步|跑|冲|跟|涉水|walks?\b|runs?\b|hikes?\b|follows?\b/i, 'follow'],
  [/围坐|转身|旋|对视|circle|spins?\b/i, 'orbit'],
  [/远去|漂远|离去|渐远|空荡荡|独自|leaves|alone|away/i, 'pull_out'],
  [/露出|映出|发现|看见|凑近|逼近|reveal|notices?\b|leans/i, 'push_in'],
];

function moveOf(beat: Beat, size: ShotSize): Movement {
  const asked = moves.find(([mark]) => mark.test(beat.camera || beat.action))?.[1];
  if (asked !== undefined && !(asked === 'orbit' && size === 'ECU')) return asked;
  if (beat.mood.word === 'urgency' && size !== 'ECU') return 'handheld';
  return beat.mood.level >= 2 ? 'push_in' : 'static';
}

function merged(first: readonly Person[], rest: readonly Person[]): Person[] {
  return [...first, ...rest.filter((one) => !first.some((known) => isSame(one, known)))];
}
