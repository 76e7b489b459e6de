// Which scenes are asked about together. Pure.
import { beginningOf, endingOf, type FittedScene, fit as fitted, type Part } from '../../ai/index.ts';
import type { Scene } from '../../script/schema.ts';
import type { Scope } from './scope.ts';

/**
 * Tokens of scenes in one call, and of each neighbour: some twenty lines. Their answer, some 4,500 tokens, is written in about a minute and
 * fits the models that end at 8,192. Smaller parts would say the rules more often than the script.
 */
export const room = { tokens: 600, around: 60 } as const;

/**
 * Parts of the episode that hold the wanted scenes, in order. Scenes that are not next to each other do not share a part; each part is
 * shown the scenes around it, wanted or not.
 * @param begun parts of scenes of which only some lines are wanted; such a scene is asked about whole where its neighbour is wanted too
 */
export function partsOf(
  { given, scenes }: Scope,
  isWanted: (id: string) => boolean,
  begun: ReadonlyMap<string, { readonly part: Part }> = new Map(),
): Part[] {
  const all = given.episode.scenes.filter(({ id }) => scenes.has(id));
  const runs: { readonly from: number; readonly scenes: Scene[] }[] = [];
  for (const [at, scene] of all.entries()) {
    if (!isWanted(scene.id)) continue;
    const last = runs.at(-1);
    if (last && last.from + last.scenes.length === at) last.scenes.push(scene);
    else runs.push({ from: at, scenes: [scene] });
  }
  return runs.flatMap((run) => {
    const of = run.scenes.length === 1 ? begun.get(run.scenes[0]!.id) : undefined;
    if (of) return [of.part];
    const parts = fitted(run.scenes, room);
    const [before, after] = [all[run.from - 1], all[run.from + run.scenes.length]];
    return parts.map((part, i) => ({
      ...part,
      ...(i === 0 && before && { before: endingOf(whole(before), room.around) }),
      ...(i === parts.length - 1 && after && { after: beginningOf(whole(after), room.around) }),
    }));
  });
}

const whole = (scene: Scene): FittedScene => ({ ...scene, part: 1, parts: 1 });
