// An answer about several scenes, divided between them: each shot to the scene its lines are of, its numbers counted from 1 in that scene. Pure.
import * as z from 'zod';
import type { Part } from '../../ai/index.ts';
import { isSeen, isSpoken } from '../../storyboard/index.ts';
import { linesOf } from '../sheet.ts';
import { type Answer, Shot } from './answer.ts';
import type { Scope } from './scope.ts';

/** What was answered about one scene; `leftOut`: numbers of lines that are not there, or not in the scene of their shot. */
export const SceneAnswer = z.object({ shots: z.array(Shot), leftOut: z.int() });
export type SceneAnswer = z.infer<typeof SceneAnswer>;

type Placed = { readonly shot: Shot; readonly scene: string | undefined; readonly leftOut: number };

/** By scene id. A shot of two scenes is the first one's, with the lines it has there. */
export function sharesOf(answer: Answer, part: Part, scope: Scope): Map<string, SceneAnswer> {
  const placed = answer.shots.map((shot) => placedIn(shot, part, scope));
  const shares = new Map<string, { shots: Shot[]; leftOut: number }>();
  for (const [at, { shot, scene, leftOut }] of placed.entries()) {
    const of = scene ?? untoldIn(placed, at);
    if (of === undefined) continue;
    const share = shares.get(of) ?? { shots: [], leftOut: 0 };
    share.shots.push(shot);
    share.leftOut += leftOut;
    shares.set(of, share);
  }
  return shares;
}

function placedIn(shot: Shot, part: Part, { sheet, scenes }: Scope): Placed {
  const here = new Set(linesOf(part, sheet).map(({ number }) => number));
  const wanted = [...new Set(shot.e)];
  const known = wanted.filter((number) => here.has(number));
  const scene = sheet.lines[(known[0] ?? 0) - 1]?.scene?.id;
  const lines = scenes.get(scene ?? '')?.lines ?? [];
  const own = known.flatMap((number) => {
    const at = lines.findIndex((line) => line.number === number);
    return at < 0 ? [] : [at + 1];
  });
  return { shot: { ...shot, e: own }, scene: own.length > 0 ? scene : undefined, leftOut: wanted.length - own.length };
}

const wide = /\bE?LS\b|establishing/i;

/** The scene of a picture that shows no lines: of a view in front of a scene that one, else that of the shot before it. */
function untoldIn(placed: readonly Placed[], at: number): string | undefined {
  const before = placed.slice(0, at).findLast(({ scene }) => scene !== undefined)?.scene;
  const behind = placed.slice(at + 1).find(({ scene }) => scene !== undefined)?.scene;
  const { cam = '', goal = '' } = placed[at]!.shot;
  return wide.test(`${cam} ${goal}`) ? (behind ?? before) : (before ?? behind);
}

/** Whether an answer decides the shots of a scene: it has half of its lines at least, and is no list of lumps. */
export function isUsable({ shots }: SceneAnswer, id: string, { scenes }: Scope): boolean {
  const { lines = [], needed = 0 } = scenes.get(id) ?? {};
  const told = shots.filter(({ e }) => e.length > 0);
  const held = new Set(told.flatMap(({ e }) => e)).size;
  return held * 2 >= Math.min(needed, lines.length) && told.length * mostLines >= needed;
}

/** Whether an answer has every line of a scene that must be heard or seen. */
export function isWhole(answer: SceneAnswer | undefined, id: string, { scenes }: Scope): boolean {
  const held = new Set(answer?.shots.flatMap(({ e }) => e));
  const lines = scenes.get(id)?.lines ?? [];
  return lines.every(({ element }, at) => held.has(at + 1) || !(isSpoken(element) || isSeen(element)));
}

/** Lines a shot holds at most, on the average of a scene: more last longer than shots do. */
export const mostLines = 4;
