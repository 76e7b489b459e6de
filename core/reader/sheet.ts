// An episode as a model reads it: one numbered line for each element, as few tokens as can be. Pure.
import type { FittedElement, FittedScene, Part } from '../ai/index.ts';
import type { Element, ElementKind, Episode, Scene } from '../script/schema.ts';

/** An element with the number of its line, and the scene it stands in; undefined outside any scene. */
export type Line = { readonly number: number; readonly element: Element; readonly scene: Scene | undefined };

export type Sheet = {
  /** The scenes, and in front of them what is told outside any, as a scene without heading and id. */
  readonly scenes: readonly Scene[];
  /** In order; line `n` is at `n - 1`. */
  readonly lines: readonly Line[];
  readonly numbers: ReadonlyMap<string, number>;
};

/** Kinds whose words stand in the scene's own line, or say nothing of what is seen. */
const unsaid: ReadonlySet<ElementKind> = new Set(['episode', 'heading', 'cast', 'transition', 'end']);

/** Lines numbered from 1 over the whole episode, so that a number means the same in every part of it. */
export function sheetOf(episode: Pick<Episode, 'elements' | 'scenes'>): Sheet {
  const loose = episode.elements.filter(({ kind }) => kind === 'note' || kind === 'caption');
  const scenes = loose.length > 0 ? [outside(loose), ...episode.scenes] : episode.scenes;
  const lines = scenes
    .flatMap((scene) => scene.elements.map((element) => ({ element, scene: scene.id === '' ? undefined : scene })))
    .filter(({ element }) => !unsaid.has(element.kind))
    .map((line, at) => ({ ...line, number: at + 1 }));
  return { scenes, lines, numbers: new Map(lines.map(({ element, number }) => [element.id, number])) };
}

const outside = (elements: Element[]): Scene => ({
  id: '', number: '', heading: '', line: 1, intExt: 'UNKNOWN', time: 'UNKNOWN', timeText: '', location: '', cast: [], elements,
}); // biome-ignore format: one thought

/** Lines of a part of an episode. */
export const linesOf = (part: Part, sheet: Sheet): Line[] => {
  const ids = new Set(part.scenes.flatMap(({ elements }) => elements.map(({ id }) => id)));
  return sheet.lines.filter(({ element }) => ids.has(element.id));
};

/**
 * A part in words: `# heading | cast` for a scene, `12 谢灯儿（得意）：…` for a line. What is shown of the neighbours stands before and
 * behind in brackets of its own; where it is of the scene itself, under its heading.
 */
export function written({ scenes, before, after }: Part, sheet: Sheet): string {
  const [first, last] = [scenes[0], scenes.at(-1)];
  const isBegun = before !== undefined && before.id === first?.id;
  const goesOn = after !== undefined && after.id === last?.id;
  return [
    ...(isBegun ? headOf(before) : []),
    ...(before ? ['[before]', ...(isBegun ? [] : headOf(before)), ...linesIn(before, sheet), '[/before]'] : []),
    ...scenes.flatMap((scene, at) => [...(isBegun && at === 0 ? [] : headOf(scene)), ...linesIn(scene, sheet)]),
    ...(after ? ['[after]', ...(goesOn ? [] : headOf(after)), ...linesIn(after, sheet), '[/after]'] : []),
  ].join('\n');
}

const headOf = (scene: FittedScene): string[] => (scene.heading ? [headText(scene)] : []);

const linesIn = ({ elements }: FittedScene, sheet: Sheet): string[] =>
  elements.flatMap((element) => {
    const number = sheet.numbers.get(element.id);
    return number === undefined ? [] : [`${number} ${elementText(element)}`];
  });

function headText({ heading, number, cast, elements }: FittedScene): string {
  const notes = Object.assign({}, ...elements.map((element) => element.notes ?? {})) as Record<string, string>;
  const people = cast.map((name) => (notes[name] ? `${name}（${notes[name]}）` : name)).join('、');
  const head = heading.includes(number) ? heading : `${number} ${heading}`;
  return `# ${head}${people && ` | ${people}`}`;
}

function elementText({ kind, text, speakers = [], voice, paren }: FittedElement): string {
  const words = text.replace(/\s*\n\s*/g, ' ');
  if (kind === 'action') return words;
  if (kind !== 'dialogue' && kind !== 'lyric') return `[${kind}] ${words}`;
  const how = [voice === 'ON' ? undefined : voice, paren].filter(Boolean).join('，');
  return `${speakers.join('、')}${how && `（${how}）`}：${words}`;
}
