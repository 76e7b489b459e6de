// The scorer of breakdowns, run as it is used by hand.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Prediction } from '../../core/breakdown/index.ts';

export { predictionOf } from '../../core/breakdown/index.ts';

type Ratio = { p: number; r: number; f1: number };
export type EntityScore = {
  mention: Ratio;
  mention_recall_weighted: number;
  pairwise: Ratio;
  bcubed: Ratio;
  /** On the forms that gold and prediction both have. */
  bcubed_common: Ratio;
  over_merged: number;
};
export type Score = {
  episodes?: Ratio;
  scenes: {
    boundary: Ratio;
    boundary_by_line?: Ratio;
    int_ext_accuracy: number;
    time_accuracy: number;
    location_accuracy: number;
  };
  dialogue: { line: Ratio; speaker_accuracy: number };
  characters: EntityScore;
  locations: EntityScore;
  props: EntityScore;
};

/** Runs `score_breakdown.mjs GOLD PRED --json` of the folder `shared` on a prediction. `gold`: a development gold by name, or an absolute path. */
export async function score(shared: string, gold: string, prediction: Prediction, episodes?: string): Promise<Score> {
  const folder = await mkdtemp(join(tmpdir(), 'score-'));
  try {
    const file = join(folder, 'prediction.json');
    await writeFile(file, JSON.stringify(prediction));
    const options = ['--json', ...(episodes === undefined ? [] : [`--episodes=${episodes}`])];
    const run = promisify(execFile)(
      process.execPath,
      [join(shared, 'score_breakdown.mjs'), resolve(shared, 'scripts', gold), file, ...options],
      { maxBuffer: 64 * 1024 * 1024 },
    );
    return JSON.parse((await run).stdout) as Score;
  } finally {
    await rm(folder, { recursive: true });
  }
}
