// Cutting an episode to what a model takes: by scenes, in order, nothing left out. Pure.
import type { Scene } from '../script/schema.ts';
import { beginningOf, endingOf } from './fit/around.ts';
import { cutScene } from './fit/cut.ts';
import { type FittedScene, sceneTokens } from './fit/weigh.ts';

export type { FittedElement, FittedScene } from './fit/weigh.ts';

/** Scenes for one call, and what is shown of their neighbours. */
export type Part = {
  readonly scenes: readonly FittedScene[];
  /** The end of what comes before and the beginning of what comes after, for understanding only. */
  readonly before?: FittedScene | undefined;
  readonly after?: FittedScene | undefined;
  /** Tokens of `scenes`, about. */
  readonly tokens: number;
};

/** `tokens`: what the scenes of a part may take; `around`: what each neighbour may take beside them, 0 for none. */
export type Room = { readonly tokens: number; readonly around: number };

/** Tokens a part can be sure of: a scene's heading and cast stand in each piece of it. */
export const leastRoom = 300;

/**
 * Parts that hold every element of every scene once, in order. A scene that is too long is cut between elements, an element that is too
 * long between its sentences. Throws RangeError for less room than `leastRoom`.
 */
export function fit(scenes: readonly Scene[], room: Room): Part[] {
  if (room.tokens < leastRoom) throw new RangeError(`parts need at least ${leastRoom} tokens`);
  const pieces = scenes.flatMap((scene) => cutScene({ ...scene, part: 1, parts: 1 }, room.tokens));
  const groups: FittedScene[][] = [];
  let filled = 0;
  for (const piece of pieces) {
    const tokens = sceneTokens(piece);
    const last = groups.at(-1);
    if (last && filled + tokens <= room.tokens) {
      last.push(piece);
      filled += tokens;
    } else {
      groups.push([piece]);
      filled = tokens;
    }
  }
  return placed(groups, room);
}

/** The same in two parts of about the same size; undefined when there is nothing to divide. */
export function halved(part: Part, room: Room): readonly [Part, Part] | undefined {
  const halves = part.scenes.length > 1 ? byScenes(part) : within(part);
  if (!halves) return undefined;
  const [first, second] = placed(halves, room);
  return (
    first &&
    second && [
      { ...first, before: part.before },
      { ...second, after: part.after },
    ]
  );
}

function byScenes({ scenes, tokens }: Part): [FittedScene[], FittedScene[]] {
  let [sum, at] = [sceneTokens(scenes[0]!), 1];
  for (; at < scenes.length - 1; at++) {
    const next = sceneTokens(scenes[at]!);
    if (sum + next / 2 > tokens / 2) break;
    sum += next;
  }
  return [scenes.slice(0, at), scenes.slice(at)];
}

/** One scene in two; in as few tokens as it takes for a cut. */
function within({ scenes: [scene] }: Part): FittedScene[][] | undefined {
  if (!scene) return undefined;
  for (let tokens = Math.ceil(sceneTokens(scene) * 0.6); tokens > 16; tokens = Math.floor(tokens * 0.7)) {
    const pieces = cutScene(scene, tokens);
    const middle = Math.ceil(pieces.length / 2);
    if (pieces.length > 1) return [pieces.slice(0, middle), pieces.slice(middle)];
  }
  return undefined;
}

const placed = (groups: readonly (readonly FittedScene[])[], { around }: Room): Part[] =>
  groups.map((scenes, at) => {
    const [before, after] = [groups[at - 1]?.at(-1), groups[at + 1]?.[0]];
    return {
      scenes,
      ...(before && around > 0 && { before: endingOf(before, around) }),
      ...(after && around > 0 && { after: beginningOf(after, around) }),
      tokens: scenes.reduce((sum, scene) => sum + sceneTokens(scene), 0),
    };
  });
