// An index follows its table within moments. Who reads an index right behind a write asks again until it shows what was written.
import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from './failure.ts';

/** Pauses in ms, doubled up to the longest: some ten seconds in all. An index is usually there at the first look. */
const [first, longest, tries] = [25, 1000, 16] as const;

type Versioned = { readonly id: string; readonly version: number };

/**
 * The rows `read` answers, once they hold every one of `written` in its version or a later one.
 * Throws BUSY when the index does not come up; the step is begun again then.
 */
export async function settled<T extends Versioned>(
  read: () => Promise<T[]>,
  written: readonly Versioned[],
): Promise<T[]> {
  for (let attempt = 0; ; attempt++) {
    const rows = await read();
    const versions = new Map(rows.map(({ id, version }) => [id, version]));
    if (written.every(({ id, version }) => (versions.get(id) ?? 0) >= version)) return rows;
    if (attempt >= tries) throw new Failure('BUSY');
    await pause(Math.min(longest, first * 2 ** attempt));
  }
}
