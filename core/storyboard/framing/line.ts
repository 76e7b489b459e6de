// How a spoken beat is framed: speakers in turn, closer with emotion, over shoulders, now and then the face that listens.
import type { Beat } from '../beats/beat.ts';
import { onCamera } from '../beats.ts';
import type { Person } from '../cast.ts';
import type { ShotSize } from '../schema.ts';
import { fromScreen } from '../screens.ts';
import { isSame } from '../staging.ts';
import { angleOf, moveOf } from './camera.ts';
import { bare, type Frame, merged, type Setting } from './frame.ts';

export function lineFrame(i: number, beat: Beat, setting: Setting, before: readonly Frame[]): Frame {
  const seen = seenSpeakers(beat, setting);
  const { stage } = setting;
  if (seen.length === 0) return unseenSpeaker(beat, setting, before);
  const isApart = i >= setting.apartFrom;
  if (i === 0)
    return { ...bare('LS', 'static', 'dialogue'), people: isApart ? seen : merged(seen, stage.here(0)).slice(0, 4) };
  if (seen.some((one) => one.crowd)) return { ...bare('MLS', 'static', 'dialogue'), people: seen };
  if (seen.length > 1) return { ...bare('MS', 'static', 'dialogue'), people: seen.slice(0, 4) };
  const speaker = seen[0]!;
  if (!beat.spoken.every((part) => onCamera(part.element)))
    return { ...bare('CU', 'push_in', 'dialogue'), people: [speaker] };
  const n = setting.linesBefore[i]!;
  // who talks to somebody on the phone turns to nobody in the room
  const partner = callerOf(i, speaker, setting) === undefined ? partnerOf(i, speaker, setting) : undefined;
  if (partner !== undefined) {
    // a line now and then is heard on the face it is meant for, and of a long speech the second part of three
    const [said, ...others] = beat.spoken;
    const calm = beat.mood.level <= 2 && others.length === 0 && i < setting.beats.length - 1;
    const listens = said!.parts === 1 ? isReactionDue(n, setting, before) : said!.part % 3 === 2;
    if (calm && listens)
      return { ...bare(beat.mood.level > 0 ? 'CU' : 'MCU', 'static', 'reaction'), people: [partner] };
    if (n % 6 === 5 && !isApart) return { ...bare('MLS', 'static', 'dialogue'), people: [speaker, partner] };
  }
  return single(i, n, beat, speaker, partner, setting);
}

/** The second line of a scene is heard on the face it is meant for, then every fourth; where it is not calm, the next one that is. */
function isReactionDue(n: number, { linesBefore }: Setting, before: readonly Frame[]): boolean {
  const last = before.findLastIndex(({ purpose }) => purpose === 'reaction');
  return last < 0 ? n >= 1 : n - linesBefore[last]! >= 4;
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
  // over a shoulder one looks across the line, not along it
  const faces =
    partner !== undefined && i < setting.apartFrom && setting.stage.side(partner) !== setting.stage.side(speaker);
  if (faces && angle === 'eye_level' && (size === 'MCU' || size === 'MS') && n % 3 !== 0)
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
        setting.stage.isPresent(who) &&
        (voice === 'ON' || voice === 'PHONE' || (voice === 'OS' && setting.language === 'zh'));
      if (seen && !people.some((one) => isSame(one, who))) people.push(who);
    }
  return people;
}

/** A voice without a face: on the one who listens, else on the place. */
function unseenSpeaker(beat: Beat, setting: Setting, before: readonly Frame[]): Frame {
  const voices = beat.spoken.flatMap((part) => part.element.speakers ?? []);
  const others = setting.stage
    .here(before.length)
    .filter((one) => !voices.some((label) => isSame(setting.library.person(label, setting.sceneId), one)));
  const last = before.at(-1)?.people.find((one) => others.some((other) => isSame(one, other)));
  const teller = before.at(-1)?.people.find((one) => !others.some((other) => isSame(one, other)));
  // whoever speaks from a screen is heard by who talks with them
  const [first] = beat.spoken;
  const caller = first && fromScreen.test(first.element.paren ?? '') ? voices[0] : undefined;
  const talks =
    caller === undefined
      ? undefined
      : partnerOf(before.length, setting.library.person(caller, setting.sceneId), setting);
  const isOver = beat.spoken.every(({ element }) => (element.voice ?? 'ON') === 'VO');
  // a voice over the picture stays on whom it is of, rather than on somebody not seen so far
  const listener = talks ?? last ?? (isOver && teller ? teller : others.find((one) => !one.crowd));
  if (listener === undefined || before.length === 0) return bare('LS', 'push_in', 'montage');
  return { ...bare(beat.mood.level > 1 ? 'CU' : 'MCU', 'push_in', 'reaction'), people: [listener] };
}

/** Whom somebody talks to on the phone: the voice in it that is heard right before, or right behind where nobody else spoke. */
export function callerOf(i: number, speaker: Person, setting: Setting): Person | undefined {
  if (!setting.stage.isPresent(speaker)) return undefined;
  const isCaller = (one: Person) =>
    !setting.stage.isPresent(one) &&
    setting.beats.some(({ spoken }) =>
      spoken.some(
        ({ element }) =>
          isFar(element) && isSame(setting.library.person(element.speakers?.[0] ?? '', setting.sceneId), one),
      ),
    );
  const named = calledIn(i, speaker, setting, isCaller);
  if (named !== undefined) return named;
  const spokenAt = (from: number, step: number): Beat | undefined => {
    for (let j = from; j >= 0 && j < setting.beats.length && Math.abs(j - i) <= 2; j += step)
      if (setting.beats[j]!.spoken.length > 0) return setting.beats[j];
    return undefined;
  };
  const called = (beat: Beat | undefined): Person | undefined => {
    const part = beat?.spoken.find(({ element }) => isFar(element));
    const who = part && setting.library.person(part.element.speakers?.[0] ?? '', setting.sceneId);
    return who && !isSame(who, speaker) && !setting.stage.isPresent(who) ? who : undefined;
  };
  const before = spokenAt(i - 1, -1);
  return called(setting.beats[i]) ?? (before === undefined ? called(spokenAt(i + 1, 1)) : called(before));
}

/** Whether a line is heard on a phone or from a screen. */
const isFar = ({ voice, paren = '' }: Beat['spoken'][number]['element']): boolean =>
  voice === 'PHONE' || fromScreen.test(paren);

/** Who is called by name at the head of a line, or behind its last comma: 林律师，请您回应; Put him on, Victoria. */
function calledIn(
  i: number,
  speaker: Person,
  { beats, library, sceneId }: Setting,
  mayBe: (one: Person) => boolean,
): Person | undefined {
  const isOwn = (label: string) => isSame(library.person(label, sceneId), speaker);
  const text = beats[i]!.spoken.filter(({ element }) => element.speakers?.some(isOwn))
    .map((part) => part.text)
    .join('');
  return library
    .peopleIn(text, sceneId)
    .find(
      ({ it, at, length }) =>
        !isSame(it, speaker) &&
        mayBe(it) &&
        ((at === 0 && /^[，,！!？?…—.]/.test(text.slice(length))) ||
          (/[，,]\s*$/.test(text.slice(0, at)) && /^[。.！!？?…—]/.test(text.slice(at + length)))),
    )?.it;
}

/** Who a line is said to: the one called in it, else who spoke before, else who answers, else the other lead. */
export function partnerOf(i: number, speaker: Person, setting: Setting): Person | undefined {
  const voices = (beat: Beat | undefined) => (beat === undefined ? [] : seenSpeakers(beat, setting));
  const called = calledIn(i, speaker, setting, setting.stage.isPresent);
  if (called !== undefined) return called;
  const other = (people: readonly Person[]) => people.find((one) => !one.crowd && !isSame(one, speaker));
  for (const j of [i, i - 1, i - 2, i + 1, i + 2]) {
    const found = other(voices(setting.beats[j]));
    if (found !== undefined) return found;
  }
  return other(setting.stage.here(i));
}
