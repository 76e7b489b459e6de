// A document in the shape a breakdown is scored in, and the scorer, run as it is used by hand.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Document, Scene } from '../../core/script/schema.ts';

/** What the scorer reads of a scene. */
export type PredictedScene = {
  episode: number | null;
  scene: string;
  heading: string;
  line: number;
  int_ext: string | null;
  time: string | null;
  location: string;
  characters: string[];
  dialogue: { speakers: string[]; text: string }[];
};

export type Prediction = {
  episodes: { number: number; title: string }[];
  scenes: PredictedScene[];
  characters?: { name: string; aliases: string[]; episodes?: number[] }[];
  locations?: { name: string; aliases: string[] }[];
  props?: { name: string; aliases: string[] }[];
};

const INT_EXT = { INT: 'INT', EXT: 'EXT', INT_EXT: 'INT/EXT', UNKNOWN: null } as const;

/** Episodes, scenes and dialogue of a document as a prediction; people, places and props are the breakdown's to add. */
export function predictionOf(document: Document): Prediction {
  const episodes = document.episodes.map(({ number, title }) => ({ number, title }));
  // a film has no episodes in its gold
  const numbered = document.episodes.some((episode) => episode.elements.some((element) => element.kind === 'episode'));
  const scenes = document.episodes.flatMap((episode) =>
    episode.scenes
      .filter((scene) => scene.heading !== '')
      .map((scene) => predictedScene(numbered ? episode.number : null, scene)),
  );
  return { episodes: numbered ? episodes : [], scenes };
}

function predictedScene(episode: number | null, scene: Scene): PredictedScene {
  const lines = scene.elements.filter((element) => element.kind === 'dialogue' || element.kind === 'lyric');
  const dialogue = lines.map(({ speakers, text }) => ({ speakers: speakers ?? [], text }));
  const time = scene.time === 'UNKNOWN' || scene.time === 'SAME' ? null : scene.time;
  const characters = [...new Set([...scene.cast, ...lines.flatMap((line) => line.speakers ?? [])])];
  const { number, heading, line, location } = scene;
  return {
    episode,
    scene: number,
    heading,
    line,
    int_ext: INT_EXT[scene.intExt],
    time,
    location,
    characters,
    dialogue,
  };
}

type Ratio = { p: number; r: number; f1: number };
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
  characters: Record<string, unknown>;
  locations: Record<string, unknown>;
  props: Record<string, unknown>;
};

/** Runs `score_breakdown.mjs GOLD PRED --json` of the folder `shared` on a prediction. */
export async function score(shared: string, gold: string, prediction: Prediction, episodes?: string): Promise<Score> {
  const folder = await mkdtemp(join(tmpdir(), 'score-'));
  try {
    const file = join(folder, 'prediction.json');
    await writeFile(file, JSON.stringify(prediction));
    const options = ['--json', ...(episodes === undefined ? [] : [`--episodes=${episodes}`])];
    const run = promisify(execFile)(
      process.execPath,
      [join(shared, 'score_breakdown.mjs'), join(shared, 'scripts', gold), file, ...options],
      { maxBuffer: 64 * 1024 * 1024 },
    );
    return JSON.parse((await run).stdout) as Score;
  } finally {
    await rm(folder, { recursive: true });
  }
}
