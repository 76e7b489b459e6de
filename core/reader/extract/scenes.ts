// An answer by the scenes it speaks of, so that a scene whose words stay is not asked about again when its neighbours change. Pure.
import { normalForm } from '../../breakdown/index.ts';
import { lineWords } from '../../script/line-words.ts';
import type { Scene } from '../../script/schema.ts';
import { unnumbered } from '../../script/unnumbered.ts';
import type { Sheet } from '../sheet.ts';
import type { Answer } from './answer.ts';
import { named, quoted } from './evidence.ts';

/**
 * Everything of a scene that a model is shown, save its number: where its words are the same, so are these. A scene put in before it
 * renumbers it and changes nothing of what it tells.
 */
export const wordsOf = (scene: Scene): unknown[] => [
  ...headWords(scene),
  scene.elements.map((element) =>
    lineWords(element.kind === 'heading' ? { ...element, text: unnumbered(scene, element.text) } : element),
  ),
];

/** What stands over the lines of a scene. */
export const headWords = (scene: Scene): unknown[] => [unnumbered(scene, scene.heading), scene.cast];

/** Scenes with a line to ask about. */
export const askedScenes = ({ scenes, numbers }: Sheet): Scene[] =>
  scenes.filter(({ elements }) => elements.some(({ id }) => numbers.has(id)));

/**
 * What an answer says of each of the scenes, its lines counted from the scene's first as 0. A row belongs to the scene its words stand in;
 * one whose words stand nowhere to that of the line it names, so that it is counted wherever it is read again. A picture belongs to every
 * scene that tells of what it shows.
 */
export function byScene(answer: Answer, scenes: readonly Scene[], sheet: Sheet): Map<Scene, Answer> {
  const parts = new Map(scenes.map((scene): [Scene, Answer] => [scene, { facts: [], prompts: [] }]));
  const sceneOf = new Map(scenes.flatMap((scene) => scene.elements.map(({ id }) => [id, scene] as const)));
  const at = (id: string | undefined): Scene | undefined => (id === undefined ? undefined : sceneOf.get(id));
  const told = new Map<string, Set<Scene>>();
  for (const row of answer.facts) {
    const line = quoted(row.q, row.e, sheet)?.line ?? sheet.lines[row.e - 1];
    const scene = at(line?.element.id) ?? scenes[0];
    if (!scene) continue;
    parts.get(scene)?.facts.push({ ...row, e: (line?.number ?? row.e) - firstOf(scene, sheet) });
    told.set(normalForm(row.n), (told.get(normalForm(row.n)) ?? new Set()).add(scene));
  }
  for (const prompt of answer.prompts) {
    const seen = told.get(normalForm(prompt.n)) ?? [at(named(prompt.n, 1, sheet)?.line.element.id) ?? scenes[0]];
    for (const scene of seen) if (scene) parts.get(scene)?.prompts.push(prompt);
  }
  return parts;
}

/** The answer of a scene, its lines numbered as they are now. */
export const placed = ({ facts, prompts }: Answer, scene: Scene, sheet: Sheet): Answer => ({
  facts: facts.map((row) => ({ ...row, e: row.e + firstOf(scene, sheet) })),
  prompts,
});

/** Number of the first line of a scene. */
const firstOf = ({ elements }: Scene, { numbers }: Sheet): number =>
  elements.map(({ id }) => numbers.get(id)).find((number) => number !== undefined) ?? 1;
