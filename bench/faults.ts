// Every fault of a model in every step that asks one, in all ways: what the season comes to, and whether anything was lost, paid twice or silent.
import { breakdownSteps } from '../test/kit/faults/breakdown.ts';
import { type Fault, faults } from '../test/kit/faults/faults.ts';
import { applies, type Outcome, played, said, waysOf } from '../test/kit/faults/scenario.ts';
import type { Step } from '../test/kit/faults/step.ts';
import { writingSteps } from '../test/kit/faults/write.ts';
import { standing } from '../test/kit/tenant.ts';
import type { Row } from './row.ts';

const steps: readonly Step[] = [...Object.values(breakdownSteps), ...Object.values(writingSteps)];

export async function measure(): Promise<Row[]> {
  // the services of all cells
  const ground = await standing();
  const rows: Row[] = [];
  for (const fault of faults) rows.push(await rowOf(fault));
  await ground.stop();
  return rows;
}

async function rowOf(fault: Fault): Promise<Row> {
  const cells: string[] = [];
  let met = true;
  for (const step of steps) {
    const outcomes = await cellOf(fault, step);
    const [strict] = outcomes;
    const wrong = outcomes.flatMap((outcome) => outcome.wrong);
    met &&= wrong.length === 0;
    cells.push(`${step.name}: ${strict ? [said(strict.struck), ...wrong].join('; ') : 'cannot be'}`);
  }
  const goal = 'ends with its reason; nothing lost, paid twice or silent; a retry does the rest';
  return { what: `fault: ${fault.name}`, figure: cells.join(' · '), goal, met };
}

/** As a strict tenant sees it first. */
async function cellOf(fault: Fault, step: Step): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  if (!applies(fault, step)) return outcomes;
  for (const way of waysOf(step)) outcomes.push(await played(fault, step, way));
  return outcomes;
}
