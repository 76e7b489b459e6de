// A scene that was directed before some of its lines changed: the shots of the others stay.
import type { AiCtx, Part } from '../../ai/index.ts';
import { behindOf, type Gap, gapIn, partOf, placeOf, type Stood, widened } from '../gap.ts';
import { keptAnswers } from '../kept.ts';
import type { Shot } from './answer.ts';
import { room } from './parts.ts';
import type { SceneScope } from './scope.ts';
import { SceneAnswer } from './share.ts';

/** Shots in front of the lines that are to be asked about and behind them, and what is asked. */
export type Begun = {
  readonly head: readonly Shot[];
  readonly tail: readonly Shot[];
  readonly leftOut: number;
  readonly part: Part;
};

/** None where the scene is to be asked about as a whole. */
export async function begunScene(
  ctx: AiCtx,
  { scene, lines }: SceneScope,
  now: Stood,
  past: readonly Stood[],
): Promise<Begun | undefined> {
  const gap = gapIn(now, past);
  const answer = gap && (await keptAnswers(ctx, new Map([[scene.id, gap.key]]), SceneAnswer)).get(scene.id);
  if (!answer) return undefined;
  const whole = widened(gap, answer.shots.map(linesOf));
  const part = partOf(scene, lines, whole, room);
  return part && { ...divided(answer, whole), part };
}

/** Lines of a shot, counted from 0. */
const linesOf = ({ e }: Shot): number[] => e.map((line) => line - 1);

/** Shots in front of a gap and behind it. A picture that shows no line goes with the shot before it. Pure. */
export function divided({ shots, leftOut }: SceneAnswer, gap: Gap): Omit<Begun, 'part'> {
  const head: Shot[] = [];
  const tail: Shot[] = [];
  let place: ReturnType<typeof placeOf> = 'before';
  for (const shot of shots) {
    if (shot.e.length > 0) place = placeOf(linesOf(shot), gap);
    if (place === 'before') head.push(shot);
    if (place === 'behind') tail.push({ ...shot, e: shot.e.map((line) => behindOf(line, gap)) });
  }
  return { head, tail, leftOut };
}

/** The answer about the scene with what is said of the lines between. Pure. */
export const completed = ({ head, tail, leftOut }: Omit<Begun, 'part'>, between: SceneAnswer): SceneAnswer => ({
  shots: [...head, ...between.shots, ...tail],
  leftOut: leftOut + between.leftOut,
});
