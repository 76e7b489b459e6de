// Which citations of a kept shot still belong together in the newer script.
import type { Successors } from '../../revision/compare/index.ts';
import { isFilmed } from '../beats.ts';
import type { Citation } from './citations.ts';

type Standing = Citation & { readonly stands: NonNullable<Citation['stands']> };
const isStanding = (one: Citation): one is Standing => one.stands !== undefined;

/** The longest run of citations that follow each other with nothing new between them; the first of equal ones. */
export function together(citations: readonly Citation[], to: Successors): Standing[] {
  const runs: Standing[][] = [];
  for (const one of citations.filter(isStanding)) {
    const run = runs.at(-1);
    if (run && follows(run.at(-1)!, one, to)) run.push(one);
    else runs.push([one]);
  }
  return runs.reduce((best, run) => (run.length > best.length ? run : best), runs[0] ?? []);
}

/** Whether a citation still comes behind another in its scene, with no element between them that was not between them before. */
function follows(one: Standing, other: Standing, to: Successors): boolean {
  const [a, b] = [one.stands, other.stands];
  if (a.now.scene !== b.now.scene || b.now.at < a.now.at) return false;
  for (let place = a.now.at + 1; place < b.now.at; place++) {
    const between = to.at(place)!;
    if (!isFilmed(between.element)) continue;
    const was = to.from(between.element.id);
    if (!was || was.at <= a.was.at || was.at >= b.was.at) return false;
  }
  return true;
}
