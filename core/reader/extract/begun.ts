// A scene that was read before some of its lines changed: what was said of the others stays.
import type { AiCtx, Part } from '../../ai/index.ts';
import { normalForm } from '../../breakdown/index.ts';
import type { Scene } from '../../script/schema.ts';
import { behindOf, type Gap, gapIn, partOf, placeOf, type Stood } from '../gap.ts';
import { keptAnswers } from '../kept.ts';
import type { Sheet } from '../sheet.ts';
import { Answer } from './answer.ts';

export type Begun = {
  readonly scene: Scene;
  readonly gap: Gap;
  /** What was said of the lines outside the gap, numbered as they are now. */
  readonly rest: Answer;
  /** What is to be asked. */
  readonly part: Part;
};

/** Tokens of lines in one call, and of the scene around them on each side. */
const room = { tokens: 1000, around: 60 } as const;

/** None where the scene is to be asked about as a whole. */
export async function begunScene(
  ctx: AiCtx,
  scene: Scene,
  { now, past, sheet }: { readonly now: Stood; readonly past: readonly Stood[]; readonly sheet: Sheet },
): Promise<Begun | undefined> {
  const gap = gapIn(now, past);
  if (!gap) return undefined;
  const lines = sheet.lines.filter(({ element }) => scene.elements.includes(element));
  const part = partOf(scene, lines, gap, room);
  const answer = part && (await keptAnswers(ctx, new Map([[scene, gap.key]]), Answer)).get(scene);
  return part && answer && { scene, gap, rest: restOf(answer, gap), part };
}

/** What of an answer is said of lines outside the gap. A picture goes with what tells of it. Pure. */
export function restOf({ facts, prompts }: Answer, gap: Gap): Answer {
  const stays = facts.flatMap((row) => {
    const place = placeOf([row.e], gap);
    return place === 'before' ? [row] : place === 'behind' ? [{ ...row, e: behindOf(row.e, gap) }] : [];
  });
  const told = new Set(stays.map(({ n }) => normalForm(n)));
  const lost = new Set(facts.map(({ n }) => normalForm(n)).filter((n) => !told.has(n)));
  return { facts: stays, prompts: prompts.filter(({ n }) => !lost.has(normalForm(n))) };
}

/** The answer about the scene: what stays, and what is said of the lines in the gap. Pure. */
export function completed({ gap, rest }: Pick<Begun, 'gap' | 'rest'>, fresh: Answer): Answer {
  const isIn = (line: number): boolean => line >= gap.from && line < gap.to;
  // who saw the whole scene drew the better picture
  const drawn = new Set(rest.prompts.map(({ n }) => normalForm(n)));
  return {
    facts: [...rest.facts, ...fresh.facts.filter(({ e }) => isIn(e))].toSorted((a, b) => a.e - b.e),
    prompts: [...rest.prompts, ...fresh.prompts.filter(({ n }) => !drawn.has(normalForm(n)))],
  };
}
