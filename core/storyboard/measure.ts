// How good a storyboard is without looking at pictures: the measures that can be computed from script, library and shots, each with its bar.
import type { Episode } from '../script/schema.ts';
import { lookup } from './cast.ts';
import type { Coverage } from './coverage/report.ts';
import { scriptOf } from './coverage/script.ts';
import { coverage } from './coverage.ts';
import { placingOf } from './ends.ts';
import { asksSize } from './framing/camera.ts';
import { faultsOf, promptLanguages, promptNames, pronoun } from './prompt-faults.ts';
import type { CastOfScene, CheckedShot, ShotSize } from './schema.ts';

/** One episode with its storyboard in order. */
export type Measured = { readonly episode: Episode; readonly shots: readonly CheckedShot[] };

/** A measure: its value, the range it should lie in (both ends included), whether it does, and what falls outside. */
export type Measure = {
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly holds: boolean;
  readonly outside: readonly string[];
};

export type Measures = Readonly<Record<keyof typeof bars, Measure>>;

/** The bars. Shares are 0–1, lengths seconds. Medians of film lie at 2.5–4 s; above 15 s counts as slow and no video model follows. */
const bars = {
  dialogueOnce: [1, 1],
  dialogueTwice: [0, 0],
  order: [1, 1],
  sceneCoverage: [1, 1],
  references: [1, 1],
  actionCoverage: [0.95, 1],
  unsourced: [0, 0.05],
  unsourcedMarked: [1, 1],
  longestShot: [0, 15],
  longEnough: [1, 1],
  medianShot: [2, 5],
  sizeEntropy: [0.6, 1],
  mostUsedSize: [0, 0.6],
  jumpCuts: [0, 0.05],
  lineCrossings: [0, 0],
  speakerVisible: [0.6, 0.9],
  newPlaceWide: [1, 1],
  costumes: [1, 1],
  prompts: [1, 1],
} as const satisfies Record<string, readonly [number, number]>;

type Found = { readonly value: number; readonly outside?: readonly string[] };

/**
 * Measures a production (or one episode, or one scene's worth of shots).
 * @param told episodes with their shots
 * @param cast the library the shots refer to
 */
export function measure(told: readonly Measured[], cast: CastOfScene): Measures {
  const reports = told.map(({ episode, shots }) => coverage(episode, shots, cast));
  const found: Record<keyof typeof bars, Found> = { ...ofReports(reports), ...ofShots(told, cast) };
  return Object.fromEntries(
    Object.entries(bars).map(([name, [least, most]]) => {
      const { value, outside = [] } = found[name as keyof typeof bars];
      return [name, { value, least, most, holds: value >= least && value <= most, outside }];
    }),
  ) as Measures;
}

/** Part of a whole; nothing to measure is no fault. */
const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);

function ofReports(reports: readonly Coverage[]) {
  const sum = (of: (report: Coverage) => number) => reports.reduce((total, report) => total + of(report), 0);
  const named = (...codes: Coverage['issues'][number]['code'][]) =>
    reports.flatMap(({ issues }) => issues.filter(({ code }) => codes.includes(code)).map(({ message }) => message));
  const lines = sum(({ dialogue }) => dialogue.total);
  const shots = sum(({ duration }) => duration.shots);
  return {
    dialogueOnce: {
      value: share(
        sum(({ dialogue }) => dialogue.once),
        lines,
      ),
      outside: named('dialogue_missing', 'dialogue_altered'),
    },
    dialogueTwice: { value: sum(({ dialogue }) => dialogue.twice), outside: named('dialogue_twice') },
    order: {
      value: share(
        sum(({ order }) => order.total - order.backwards),
        sum(({ order }) => order.total),
      ),
      outside: named('order'),
    },
    sceneCoverage: {
      value: share(
        sum(({ scenes }) => scenes.covered),
        sum(({ scenes }) => scenes.total),
      ),
      outside: named('scene_missing', 'crosses_scene'),
    },
    references: {
      value: share(
        sum(({ references }) => references.total - references.invalid),
        sum(({ references }) => references.total),
      ),
      outside: named('unknown_asset', 'unknown_element', 'wrong_place', 'speaker_absent'),
    },
    actionCoverage: {
      value: share(
        sum(({ action }) => action.covered),
        sum(({ action }) => action.total),
      ),
      outside: named('action_missing'),
    },
    unsourced: { value: shots === 0 ? 0 : sum(({ unsourced }) => unsourced.shots) / shots },
    longestShot: { value: Math.max(0, ...reports.map(({ duration }) => duration.longest)), outside: named('too_long') },
    longEnough: { value: share(shots - sum(({ duration }) => duration.tooShort), shots), outside: named('too_short') },
    jumpCuts: {
      value:
        sum(({ jumpCuts }) => jumpCuts.jumps) /
        Math.max(
          1,
          sum(({ jumpCuts }) => jumpCuts.cuts),
        ),
    },
    lineCrossings: { value: sum(({ lineCrossings }) => lineCrossings) },
  };
}

function ofShots(told: readonly Measured[], cast: CastOfScene) {
  const shots = told.flatMap((one) => one.shots);
  const lengths = shots.map(({ duration }) => duration).sort((a, b) => a - b);
  const sizes = new Map<ShotSize, number>();
  for (const { size } of shots) sizes.set(size, (sizes.get(size) ?? 0) + 1);
  const shares = [...sizes.values()].map((count) => count / shots.length);
  const onCamera = shots.flatMap(({ lines }) => lines).filter(({ voice }) => voice === 'ON');
  const unmarked = shots.filter((shot) => isBare(shot) && shot.unsourced === '');
  const unsourced = shots.filter(isBare);
  return {
    unsourcedMarked: {
      value: share(unsourced.length - unmarked.length, unsourced.length),
      outside: unmarked.map((shot) => shot.title),
    },
    medianShot: { value: lengths[lengths.length >> 1] ?? 0 },
    // normalised by the seven sizes there are
    sizeEntropy: { value: shares.reduce((sum, p) => sum - p * Math.log(p), 0) / Math.log(7) },
    mostUsedSize: { value: Math.max(0, ...shares) },
    speakerVisible: { value: share(onCamera.filter((line) => line.onScreen).length, onCamera.length) },
    newPlaceWide: newPlaces(told),
    costumes: costumes(told, cast),
    prompts: prompts(told, cast),
  };
}

const isBare = (shot: CheckedShot): boolean => shot.elementIds.length === 0 && shot.lines.length === 0;

/** The first shot of each place not seen before in its episode is a long shot or wider, or the script or the shot says why not. */
function newPlaces(told: readonly Measured[]): Found {
  const close: string[] = [];
  let total = 0;
  for (const { episode, shots } of told) {
    const { places } = scriptOf(episode);
    const seen = new Set<string>();
    for (const [i, shot] of shots.entries()) {
      const place = shot.locationAssetId || shot.location;
      if (shots[i - 1]?.sceneId === shot.sceneId || seen.has(place)) continue;
      seen.add(place);
      total++;
      const wide = shot.size === 'LS' || shot.size === 'ELS';
      const asked = shot.elementIds.some((id) => asksSize(places.get(id)?.element.text ?? ''));
      if (!wide && !asked && shot.unsourced === '') close.push(`${shot.location}: ${shot.size} ${shot.title}`);
    }
  }
  return { value: share(total - close.length, total), outside: close };
}

/** Looks used are looks their wearers have in that episode. */
function costumes(told: readonly Measured[], cast: CastOfScene): Found {
  const wrong: string[] = [];
  let total = 0;
  for (const { episode, shots } of told) {
    const library = lookup(cast, episode.number);
    for (const { assetId, name, variant } of shots.flatMap(({ blocking }) => blocking)) {
      if (variant === '') continue;
      total++;
      if (!library.variantsOf(assetId).includes(variant)) wrong.push(`${name}: ${variant}`);
    }
  }
  return { value: share(total - wrong.length, total), outside: wrong };
}

/** What a prompt says itself; speech has its own pronouns. */
const unquoted = (prompt: string): string => prompt.replace(/“[^”]*”/g, '');

/** Prompts that can be used alone: place, time and people named, and nobody who is only a pronoun. */
function prompts(told: readonly Measured[], cast: CastOfScene): Found {
  const shots = told.flatMap((one) => one.shots);
  const bad = told.flatMap(({ episode, shots: own }) => {
    const placeOf = placingOf(episode.scenes, lookup(cast, episode.number));
    return own.filter((shot) =>
      promptNames.some((name) =>
        promptLanguages.some(
          (language) =>
            faultsOf(shot, name, language, placeOf(shot)).length > 0 ||
            (shot.blocking.length === 0 && pronoun.test(unquoted(shot[name][language]))),
        ),
      ),
    );
  });
  return { value: share(shots.length - bad.length, shots.length), outside: bad.map((shot) => shot.title) };
}
