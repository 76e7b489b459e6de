// The cells of one step: every fault in it. Which way a fault is played changes from step to step, so that each is played in all; `npm run bench` plays all in all.
import { describe, expect, test } from 'vitest';
import { faults } from '../kit/faults/faults.ts';
import { applies, played, type Way } from '../kit/faults/scenario.ts';
import type { Step } from '../kit/faults/step.ts';

/** @param ways played in turn. */
export function describeFaults(step: Step, ways: readonly Way[]): void {
  describe(`a fault of the model in ${step.name}: nothing is lost, paid twice or silent, and a retry does the rest`, () => {
    const cells = faults
      .filter(({ alike }) => !alike)
      .flatMap((fault, at) => (applies(fault, step) ? [[fault.name, ways[at % ways.length]!, fault] as const] : []));
    test.each(cells)('%s, %s', async (_name, way, fault) => {
      expect((await played(fault, step, way)).wrong).toEqual([]);
    });
  });
}
