// One element of a scene as the beats it can be: a line in the parts that fit a shot, an action in its pictures.
import type { Element, Scene } from '../../script/schema.ts';
import type { Beat, Part } from '../beats/beat.ts';
import type { Lookup } from '../cast.ts';
import { pictureOf } from '../cuts.ts';
import { portraits } from '../folk.ts';
import { moodOf } from '../mood.ts';
import { goesOn } from '../prompt-faults.ts';
import { acted, clauses, fitting, pace, sentences, unbroken } from '../timing.ts';
import { unwritten } from '../written.ts';

/** An action of more characters than this is prose, not a stage direction. */
const LONG_PROSE = 1500;
/** An action longer than this is seen in several shots, seconds. */
const LONG_ACTION = 4.6;
/** A shot quotes this many characters of what it shows; the rest stands in the script it cites. A row holds 400 KB. */
const QUOTED = 2000;
/** Lines are cut to shots of this many seconds: most video models make ten at a time, and a cut there keeps a long speech alive. */
const SPEECH = 10;

/** Words as a shot quotes them. */
export const quotable = (text: string): string => (text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text);

/** A beat of nothing, to be filled. */
export const still = {
  spoken: [],
  action: '',
  people: [],
  props: [],
  camera: '',
  mood: { word: 'calm', level: 0 },
} as const;

/** A spoken element in parts of so many seconds at most; joined they give its text. */
export const partsOf = (element: Element, longest: number = SPEECH): Part[] =>
  fitting(element.text, longest).map((text, i, all) => ({ element, part: i + 1, parts: all.length, text }));

/** A line, or a part of one, alone. */
export const lineBeat = (part: Part): Beat => ({
  ...still,
  kind: 'line',
  shown: [],
  spoken: [part],
  mood: moodOf(part.element.paren ?? '', part.text),
});

/** An action, or some words of one. */
export function actionBeat(element: Element, words: string, scene: Scene, library: Lookup): Beat {
  const action = quotable(words);
  const told = unwritten(action);
  return {
    ...still,
    kind: 'action',
    shown: [element],
    action: action.trim(),
    people: present(told, library.peopleIn(told, scene.id)),
    props: library.propsIn(action),
    mood: moodOf('', action),
    camera: element.kind === 'shot' ? element.text : '',
  };
}

/** Whose photo or voice it is, is not there for it, nor whose truck, where others are. */
const theirs = /^(?:[发寄传送]来)?的(?:照片|相片|遗照|合影|画像|遗像|名字|来电|墓碑?|坟|牌位|遗物|消息|短信|来信)/;
const ofTheirs =
  /^['’]s\s+(?!(?:\w+\s)?(?:hands?|face|eyes?|arms?|shoulders?|head|hair|lips?|mouth|fingers?|wrists?|neck|throat|chest|feet|foot|legs?|back|side|body|cheeks?|knees?|smile|gaze|expression|jaw|forehead|grip|fists?|lap|heart|breath|ears?|nose|chin|waist|hips?|stomach|palms?|ankles?|elbows?|brow|pulse|wounds?|tears?|blood|collar|sleeves?|lapels?|shirt|coat|jacket|tie|path|way|punch|blow|attack|kiss|embrace)\b)/i;
/** 门外传来陆沉的声音: heard alone; 陆沉的声音在发抖 is seen. */
const heard = /(?:传来|响起|回荡|听[到见着]?|耳边)[^，。]*$/;

const vehicle =
  /^['’]s\s(?:[\w-]+\s)?(?:car|truck|van|bus|taxi|cab|suv|sedan|hatchback|pickup|limo|jeep|[\w-]*wheeler|motorbike|motorcycle|plane|helicopter|boat|yacht)\b/i;

/** Words that tell of a picture, up to somebody who is only in it: 照片上是年轻的林晚; a photo of Emma; not 拿着照片的林晚, nor to whom a photo of Emma is given. */
const pictured = new RegExp(
  `(?:${portraits.zh}|相框)(?:[上里中内]?，?[^，。；;]{0,4}(?:是|有|印着|画着)|[上里中内]的)[^，。；;]*$|\\b${portraits.en} (?:(?!\\b(?:as|while|when|before|to|towards?|at|from)\\b)[^,.;])*$`,
  'i',
);

function present(action: string, named: Beat['people']): Beat['people'] {
  const owns = ({ at, length }: Beat['people'][number], mark: RegExp) => mark.test(action.slice(at + length));
  const others = named.filter((one) => !owns(one, ofTheirs));
  const isHeard = (one: Beat['people'][number]) => owns(one, /^的声音/) && heard.test(action.slice(0, one.at));
  // a text from Tom; Tom's truck, unless he is told of beside it
  const isSent = ({ at }: Beat['people'][number]) =>
    /\b(?:texts?|messages?|e-?mails?|letters?|notes?|calls?|voicemails?) from $/i.test(action.slice(0, at));
  const isDriven = (one: Beat['people'][number]) =>
    owns(one, vehicle) && !action.includes(action.slice(one.at, one.at + one.length), one.at + one.length);
  const isPictured = ({ at }: Beat['people'][number]) => pictured.test(action.slice(Math.max(0, at - 80), at));
  return (others.length > 0 ? others : named).filter(
    (one) => !owns(one, theirs) && !isHeard(one) && !isPictured(one) && !isSent(one) && !isDriven(one),
  );
}

/** The words of an action by the pictures they make; joined they give its text. `opening`: it begins its scene. */
export function picturesOf(element: Element, scene: Scene, library: Lookup, opening: boolean): string[] {
  const read = (words: string): Beat => actionBeat(element, words, scene, library);
  return element.kind === 'shot' ? [element.text] : pictures(pictureOf(element) || element.text, opening, read);
}

/** An action cut where a new picture begins: the view of the place, a detail, or simply enough for one shot. */
function pictures(text: string, opening: boolean, read: (action: string) => Beat): string[] {
  if (text.length > LONG_PROSE) return prose(text);
  const out: string[] = [];
  let isDetail = false;
  for (const [i, sentence] of unbroken(sentences(text))
    .flatMap((one) => detailed(one, read))
    .entries()) {
    const last = out.at(-1);
    const isListed = listed.test(sentence);
    const view = opening && i === 1 && out.length === 1 && isView(read(last ?? ''));
    const stands = isDetail || view;
    isDetail = content.test(sentence);
    if (last !== undefined && !stands && !isDetail && !isListed && acted(last + sentence) <= LONG_ACTION)
      out[out.length - 1] = last + sentence;
    else if (acted(sentence) <= LONG_ACTION) out.push(sentence);
    else out.push(...halves(sentence, read));
  }
  return out.filter((part) => part.trim() !== '').length === 0 ? [text] : out;
}

/** Prose without end (a novel pasted as one action) becomes at most forty pictures, whole sentences each where it has any. */
function prose(text: string): string[] {
  const room = Math.ceil(text.length / 40);
  const out: string[] = [];
  for (const sentence of sentences(text)) {
    const last = out.at(-1);
    if (last !== undefined && last.length + sentence.length <= room) out[out.length - 1] = last + sentence;
    else out.push(sentence);
  }
  return out.length <= 80 ? out : [text];
}

/** One picture of a list: -- Maya drives. */
const listed = /^\s*(?:[-–—•*]{1,3}\s|\(?[a-z0-9][).]\s)/;
/** What goes on behind it is written there, or is what it is about. */
const leads = /[：:]\s*$/;

const isView = (beat: Beat): boolean => beat.people.length === 0 && beat.action.length >= 3 && !when.test(beat.action);
/** 十年前。 alone is no picture. */
const when = /^[^，,]{1,6}[年月天日周夜](?:之?[前后])[。.]?$/;

/** What somebody opens, unfolds or looks at, seen for itself: 屏幕上是一张照片, 里面是一封信. */
const content =
  /^(?:[^，。]{0,3}(?:屏幕|照片|信纸|信|纸条|字条|名片|卡片|合同|报告|文件|档案)(?:上|里)|[^，。]{0,3}(?:屏幕|来电)显示|[里上]面|[^，。]{0,2}(?:盒|箱|袋|包|信封|抽屉)[里中内])(?:赫然|突然|忽然)?(?:是|有|写|印|刻|画|弹出|跳出|显示|出现|掉出|躺着|放着|装着|露出|一[张枚封把个行条])/;

/** A sentence cut before what is seen inside a thing, where nobody of the cast is told of behind it. */
function detailed(sentence: string, read: (action: string) => Beat): string[] {
  const parts = unbroken(clauses(sentence));
  const at = parts.findIndex((part, i) => i > 0 && content.test(part));
  if (at < 0 || leads.test(parts[at - 1]!)) return [sentence];
  const [told, seen] = [parts.slice(0, at).join(''), parts.slice(at).join('')];
  // 手机响起，屏幕上显示来电: the thing alone is seen already
  if (read(told).people.length === 0 && read(told).props.length > 0) return [sentence];
  return pace(told) >= 0.4 && read(seen).people.length === 0 ? [told, seen] : [sentence];
}

/** A long sentence cut at a clause: before a detail seen alone if there is one, else near the middle. */
function halves(sentence: string, read: (action: string) => Beat): string[] {
  if (introduced.test(sentence)) return [sentence];
  const parts = unbroken(clauses(sentence));
  const upTo = [0];
  for (const part of parts) upTo.push(upTo.at(-1)! + pace(part));
  const whole = upTo.at(-1)!;
  const long = (seconds: number) => seconds >= 0.6;
  const [first] = read(sentence).people;
  const isOfSomebody = first?.at === 0 || /^(?:he|she|they)\b/i.test(sentence);
  // what goes on without a subject can stand alone where a person is the subject: they are named again
  const stands = (i: number) => {
    const rest = parts.slice(i).join('');
    if (leads.test(parts[i - 1] ?? '')) return false;
    return tells(parts.slice(0, i).join('')) && shows(rest, read) && (isOfSomebody || !goesOn.test(rest));
  };
  const cuts = parts.map((_, i) => i).filter((i) => long(upTo[i]!) && long(whole - upTo[i]!) && stands(i));
  if (cuts.length === 0) return [sentence];
  const off = (i: number) => Math.abs(whole - 2 * upTo[i]!);
  const at = detailAt(parts, cuts, read) ?? cuts.reduce((a, b) => (off(b) < off(a) ? b : a));
  const cut = [parts.slice(0, at).join(''), parts.slice(at).join('')];
  return cut.flatMap((half) => (acted(half) > LONG_ACTION ? halves(half, read) : [half]));
}

/** TOM ELLERY, 40s, grey uniform, sweeps the floor: what he is and what he does are one picture. */
const introduced =
  /^[^,]{1,40},\s+(?:(?:early|mid|late)[\s-]+)?(?:\d{1,3}s?|(?:twen|thir|for|fif|six|seven|eigh|nine)ties|teens),/i;
/** Words that may be a verb of English: walks, dripping, opened, is. */
const verb =
  /\b(?!(?:his|its|this|always|across|perhaps|thing|nothing|something|morning|evening|red)\b)[a-z]+(?:[^\Ws]s|ed|ing)\b|\b(?:is|are|was|were|has|have)\b/;

/** Whether words say what happens, as far as they show it; Chinese ones always do. */
const tells = (words: string): boolean => verb.test(words) || /\p{Script=Han}/u.test(words);
/** Whether words can be a picture: something happens, or a thing is seen. */
const shows = (words: string, read: (action: string) => Beat): boolean =>
  !hangs.test(words) && (tells(words) || read(words).props.length > 0);
/** Words that only say where to or how, or with what: up Daniel's coat, 与一支旧琴放进棺木. */
const hangs =
  /^[与及]|^[a-z]+ed by\s|^(?:his|her|their|the|an?)\s(?:[\w-]+\s){0,2}[\w-]+\s?\(|^(?:up|down|over|across|into|onto|to|towards?|from|with|in|on|at|of|by|through|under|behind|along|around|past|against|for|without)\s/;

/** The first cut behind which things are seen but nobody is named. */
function detailAt(
  parts: readonly string[],
  cuts: readonly number[],
  read: (action: string) => Beat,
): number | undefined {
  const beats = parts.map(read);
  const lastPerson = beats.findLastIndex((beat) => beat.people.length > 0);
  const lastProp = beats.findLastIndex((beat) => beat.props.length > 0);
  return cuts.find((i) => i > lastPerson && i <= lastProp);
}
