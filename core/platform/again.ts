// Doing it over: a write that somebody else outran is tried on the newest state.
import { outrun } from './failure.ts';

/** 40 parallel steps that write one row settle well within this. */
const usualTries = 60;

/** Runs `once`, which loads, decides and commits, until nobody outruns it. Throws what it throws otherwise. */
export async function again<T>(once: () => Promise<T>, tries = usualTries): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once();
    } catch (error) {
      if (!outrun(error) || attempt >= tries) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(400, 10 * attempt)));
    }
  }
}
