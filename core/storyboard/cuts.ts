// Marks of the camera that cut a scene into other places: montages, intercuts; and the places they name.
import type { Scene } from '../script/schema.ts';

/** Words that say that pictures go to and fro between two places. */
export const intercut =
  /电话(?:交替|交叉|切换|两头|两端)|通话(?:交替|交叉)|交替(?:进行|剪辑)|交叉(?:剪辑|蒙太奇)|平行(?:剪辑|蒙太奇)|双画面|分屏|\bintercut/i;

/** Words that say that pictures of several places follow. */
export const montage = /蒙太奇|快闪|\bmontage\b|\bseries of shots\b/i;
/** Marks that end such pictures, or those to and fro. */
export const back =
  /^(?:END (?:OF )?(?:MONTAGE|INTERCUT|SERIES OF SHOTS)|BACK TO\b)|(?:蒙太奇|交替|交叉)(?:剪辑)?结束/i;
/** The marks of a scene that say how what follows is cut, in order. */
export const cutsOf = ({ elements }: Scene): Scene['elements'] =>
  elements.filter(
    ({ kind, text }) =>
      (kind === 'shot' || kind === 'transition') && [montage, intercut, back].some((m) => m.test(text)),
  );

/** What is seen in a flashback that is told in its own mark: 【闪回：林晚跪在雨里，陆沉离去。】; '' for a bare mark. */
export function pictureOf({ kind, text }: Pick<Scene['elements'][number], 'kind' | 'text'>): string {
  if (kind !== 'flashback_start') return '';
  const [, zh, en] =
    /^(?:闪回|回忆|插叙|倒叙)[^：:，。\s]{0,4}[：:\s]\s*([^\n]{3,}[，。][^\n]*|[^\n]{8,})$|^FLASHBACKS?[^:\n]{0,20}:\s*((?!INT|EXT)[^\n]*[a-z][^\n]*[.!?])$/.exec(
      text.trim(),
    ) ?? [];
  const told = zh ?? en ?? '';
  return onlyWhen.test(told) ? '' : told;
}
/** A mark that says when or where and no more: 十年前。 三年前 老宅 夜 内 */
const onlyWhen =
  /^[^，。]{1,8}[前后][，。]?$|^[^，。]*\s(?:[日夜晨昏]|清晨|黄昏|傍晚)\s?[/／]?\s?[内外]?\S?$|^[^，。]*[内外]景|^[^,]* (?:earlier|before|ago)\.$/i;

const listed = /^\s*(?:[-–—•*·]{1,3}\s*|\(?(?:[a-z]|\d{1,2})[).]\s+)?(?:(?:INT|EXT)[./ ]+)*/i;
const leads: readonly RegExp[] = [
  /^([^，。：:！？]{1,8}?[里内上中外边旁下前口])[，,：:]/u,
  /^([\p{Script=Han}]{2,8})[：:]/u,
  /^(?:in (?:the |a )|at (?:the |a )|the )?([a-z][a-z'’ -]{2,38}?)(?::| - | – | — )\s*\S/i,
];
/** 三年前, 手里, 雨中, 她跪在雨里 say when, where on somebody, in what weather, what somebody does there. */
const nowhere =
  /[年月天日夜久不]前$|之[前中外上下]$|以[前上下外]$|[早晚]上$|[手心怀眼梦嘴][里中上口]$|[雨风雪黑暗光声烟火][中里]$|.在|人群[里中]$|脸上$|身[上边旁]$|^(?:突然|这时|此时)|^(?:later|next|then|that|this|meanwhile|dawn|dusk|sunrise|sunset|snow|rain|winter|spring|summer|autumn|morning|noon|evening|night|day|one|two|three|quick|close|insert|angle|super|title|on)\b/iu;
/** INTERCUT PHONE CALL names no place. */
const call = /^(?:TELE)?PHONE|\bCALL$|CONVERSATION|^(?:AS|THE)? ?(?:NEEDED|NECESSARY)/i;

/** The place a picture of a montage names before what happens there: 公园里，陈屿推着小满; The chapel: Emma prays. Undefined where it names none. */
export function ledPlace(action: string, isPerson: (words: string) => boolean): string | undefined {
  const words = action.replace(listed, '');
  const place = leads.map((lead) => lead.exec(words)?.[1]?.trim()).find((found) => found !== undefined);
  return place === undefined || nowhere.test(place) || isPerson(place) ? undefined : place;
}

/** The places an intercut names, of which the scene's own is one: INTERCUT - HALL / OFFICE, INTERCUT WITH OFFICE. */
export function endsOfMark(text: string, location: string, isPerson: (words: string) => boolean): string[] {
  const named = text
    .replace(/^INTERCUT(?:TING)?\b[\s:–—-]*(?:(?:BETWEEN|WITH)\s+)?/i, '')
    .split(/\s*\/\s*|\s+(?:AND|WITH)\s+/)
    .map((end) => end.replace(/^(?:INT|EXT)[./ ]+|\s+[-–—]+\s+(?:DAY|NIGHT|CONTINUOUS|SAME).*$|[.:\s]+$/gi, '').trim())
    .filter((end) => end !== '' && !call.test(end) && !isPerson(end));
  const low = location.toLowerCase();
  const others = named.filter((end) => !low.includes(end.toLowerCase()) && !end.toLowerCase().includes(low));
  return others.length === 1 ? [location, others[0]!] : [];
}
