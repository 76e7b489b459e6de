// An index follows its table within moments. Who reads an index right behind a write asks again until it shows what was written.
import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from './failure.ts';

/** Pauses in ms: the first, doubled up to the longest. An index is usually there at the first look. */
const [first, longest] = [25, 1000] as const;
/** Some ten seconds for a step of the machine, one and a half while a person waits. */
const [ofStep, ofRequest] = [16, 6] as const;

/** What `read` answers, as soon as it `shows` what is expected, or after so many tries whatever it answers. */
async function patiently<T>(read: () => Promise<T>, shows: (answer: T) => boolean, tries: number) {
  for (let attempt = 0; ; attempt++) {
    const answer = await read();
    const isShown = shows(answer);
    if (isShown || attempt >= tries) return { answer, isShown };
    await pause(Math.min(longest, first * 2 ** attempt));
  }
}

type Versioned = { readonly id: string; readonly version: number };

/**
 * The rows `read` answers, once they hold every one of `written` in its version or a later one.
 * Throws BUSY when the index does not come up; the step is begun again then.
 */
export async function settled<T extends Versioned>(
  read: () => Promise<T[]>,
  written: readonly Versioned[],
): Promise<T[]> {
  const shows = (rows: T[]): boolean => {
    const versions = new Map(rows.map(({ id, version }) => [id, version]));
    return written.every(({ id, version }) => (versions.get(id) ?? 0) >= version);
  };
  const { answer, isShown } = await patiently(read, shows, ofStep);
  if (!isShown) throw new Failure('BUSY');
  return answer;
}

/** The rows `read` answers, once there are `count` of them; what it answers at last is taken as it is. */
export const complete = <T>(read: () => Promise<T[]>, count: number): Promise<T[]> =>
  matching(read, (rows) => rows.length === count);

/** What `read` answers, once its parts belong together; what it answers at last is taken as it is. */
export const matching = async <T>(read: () => Promise<T>, isWhole: (answer: T) => boolean): Promise<T> =>
  (await patiently(read, isWhole, ofRequest)).answer;
