// Doing it over: a write that somebody else outran is tried on the newest state.
import { outrun } from './failure.ts';
import { pause } from './pause.ts';

/** 40 parallel steps that write one row settle well within this. */
const usualTries = 60;

/** The longest wait in ms, and how often it doubles up to there. */
const longest = 1000;
const doublings = 5;

/**
 * Runs `once`, which loads, decides and commits, until nobody outruns it. Throws what it throws otherwise. Waits are measured by what a try
 * takes: of many who are at one row at once only one is faster, and trying all the while they would be in each other's way.
 */
export async function again<T>(once: () => Promise<T>, tries = usualTries): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const start = performance.now();
    try {
      return await once();
    } catch (error) {
      if (!outrun(error) || attempt >= tries) throw error;
      const doubled = Math.min(attempt, doublings);
      await pause(doubled, Math.min(performance.now() - start, longest / 2 ** doubled));
    }
  }
}
