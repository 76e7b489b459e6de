// Cells of the fault matrix: each step has its share of the faults, each fault its steps and its ways. `npm run bench` plays the whole matrix.
import { describe, expect, test } from 'vitest';
import { faults } from '../kit/faults/faults.ts';
import { applies, played, type Way } from '../kit/faults/scenario.ts';
import type { Step } from '../kit/faults/step.ts';

/** One in so many faults is played in a step; other steps play the others. */
const share = 4;

/** @param ways played in turn. @param turn which share of the faults, 0 to 3. */
export function describeFaults(step: Step, ways: readonly Way[], turn: number): void {
  describe(`a fault of the model in ${step.name}: nothing is lost, paid twice or silent, and a retry does the rest`, () => {
    const cells = faults
      .filter(({ alike }, at) => !alike && at % share === turn)
      .flatMap((fault, at) => (applies(fault, step) ? [[fault.name, ways[at % ways.length]!, fault] as const] : []));
    test.each(cells)('%s, %s', async (_name, way, fault) => {
      expect((await played(fault, step, way)).wrong).toEqual([]);
    });
  });
}
