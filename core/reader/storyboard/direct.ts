// The answer about one scene as directions: line numbers become elements, names become assets; what does not exist is left out and counted. Pure.
import { type Direction, isSeen, isSpoken, partsOf, type Standing, type Wishes } from '../../storyboard/index.ts';
import type { Shot } from './answer.ts';
import { cameraIn, purposeIn, transitionIn } from './camera.ts';
import { personIn, type SceneScope, type Scope } from './scope.ts';
import type { SceneAnswer } from './share.ts';
import { type Writer, writerOf } from './words.ts';

export type Directed = {
  readonly directions: readonly Direction[];
  /** Names, looks, things and words that could not be taken, lines that no shot has or several have. */
  readonly mended: number;
};

export function directedBy({ shots, leftOut }: SceneAnswer, scene: SceneScope, scope: Scope): Directed {
  const writer = writerOf(scene.scene);
  const unknown = { count: leftOut };
  const directions = shots.map((shot) => directionOf(shot, { scene, scope, writer, unknown }));
  return { directions, mended: unknown.count + writer.leftOut() + misplaced(shots, scene) };
}

type Reading = {
  readonly scene: SceneScope;
  readonly scope: Scope;
  readonly writer: Writer;
  readonly unknown: { count: number };
};

function directionOf(shot: Shot, reading: Reading): Direction {
  const { size, angle, movement, ...optics } = cameraIn(shot.cam ?? '');
  const purpose = purposeIn(shot.goal ?? '');
  const people = peopleOf(shot.who, reading);
  const { language } = reading.scope.given.style;
  const both = (zh?: string, en?: string) => present({ zh: reading.writer.read(zh, 'zh'), en: reading.writer.read(en, 'en') }); // biome-ignore format: one thought
  return {
    elementIds: shot.e.flatMap((number) => reading.scene.lines[number - 1]?.element.id ?? []),
    propAssetIds: propsOf(shot.prop ?? [], reading),
    wishes: { ...optics, ...wishesOf(shot, reading.writer, language) },
    picture: both(shot.img, shot.imgEn),
    motion: both(shot.vid, shot.vidEn),
    ending: both(shot.end, shot.endEn),
    ...present({ size, angle, movement, purpose, people, unsourced: reading.writer.read(shot.why, language) }),
  };
}

function wishesOf(shot: Shot, { read }: Writer, language: 'zh' | 'en'): Wishes {
  const light = read(shot.light, language);
  const focus = read(shot.focus, language);
  const [from] = focus?.split(/\s*(?:→|->|⇒)\s*/) ?? [];
  const keep = read(shot.keep, language)?.split(/\s*[；;]\s*/).filter((words) => words !== ''); // biome-ignore format: one thought
  return present({
    title: read(shot.title, language)?.slice(0, 40),
    composition: read(shot.comp, language),
    focus: from,
    focusShift: from === focus ? undefined : focus,
    acting: read(shot.act, language),
    emotion: read(shot.emo, language),
    lighting: light?.replace(/[\s，,]*\d{4}\s?K[\s，,]*/i, ' ').trim() || undefined,
    colorTemperature: /\d{4}(?=\s?K)/i.exec(shot.light ?? '')?.[0].concat('K'),
    atmosphere: read(shot.air, language),
    effects: read(shot.fx, language),
    technique: read(shot.tech, language),
    narrative: read(shot.beat, language),
    rhythm: read(shot.rhythm, language),
    soundEffect: read(shot.sfx, language),
    ambience: read(shot.amb, language),
    score: read(shot.score, language),
    result: read(shot.res, language),
    continuity: keep,
    negativePrompt: read(shot.neg, language),
    transition: transitionIn(shot.cut ?? ''),
  });
}

/** Who is in the frame; nothing is said of it when nobody named exists. */
function peopleOf(names: readonly string[] | undefined, reading: Reading): Standing[] | undefined {
  if (names === undefined) return undefined;
  const people = names.flatMap((name) => standingOf(name, reading) ?? []);
  return people.length === 0 && names.length > 0 ? undefined : people;
}

const sides = { L: 'left', C: 'centre', R: 'right' } as const;
const faces = { L: 'left', R: 'right', C: 'camera', A: 'away' } as const;
const first = (word = ''): string => word.trim().slice(0, 1).toUpperCase();

/** `裴照|R|L|绯色官袍` */
function standingOf(text: string, { scene, scope, unknown }: Reading): Standing | undefined {
  const [name = '', side, face, look = ''] = text.split(/[|｜]/);
  const person = personIn(scene, name, scope.library);
  if (!person) {
    unknown.count += 1;
    return undefined;
  }
  const wanted = look.trim();
  const variant = scope.library.variantsOf(person.id).find((one) => one === wanted);
  if (wanted !== '' && variant === undefined) unknown.count += 1;
  return {
    assetId: person.id,
    name: person.name,
    ...present({ side: sides[first(side) as 'L'], facing: faces[first(face) as 'L'], variant }),
  };
}

/** Things of the library by their names; a longer name that only holds one is something else. */
function propsOf(names: readonly string[], { scope, unknown }: Reading): string[] {
  return names.flatMap((name) => {
    const bare = name.trim();
    const found = scope.library.propsIn(bare).find(({ length }) => length === bare.length);
    if (!found) unknown.count += 1;
    return found ? [found.it.id] : [];
  });
}

/** Lines no shot has, and lines said in more shots than they have parts. */
function misplaced(shots: readonly Shot[], { lines }: SceneScope): number {
  const times = new Map<number, number>();
  for (const number of shots.flatMap(({ e }) => e)) times.set(number, (times.get(number) ?? 0) + 1);
  return lines.filter(({ element }, i) => {
    const count = times.get(i + 1) ?? 0;
    return isSpoken(element) ? count === 0 || count > partsOf(element).length : isSeen(element) && count === 0;
  }).length;
}

/** The fields that are there. */
const present = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> }; // biome-ignore format: one thought
