// Shots against the library and the clock: does everything they name exist, and can they be filmed?
import type { Lookup } from '../cast.ts';
import type { CheckedShot, ShotContent, ShotLine } from '../schema.ts';
import { LONGEST, spoken } from '../timing.ts';
import type { Coverage, CoverageIssue } from './report.ts';
import type { Script } from './script.ts';

type Check<K extends keyof Coverage> = { readonly counts: Coverage[K]; readonly issues: CoverageIssue[] };

/** How issues name a shot: its id, else its key, else its place in the list counted from 1. */
export const named = (shot: CheckedShot, i: number): string => shot.id ?? shot.key ?? String(i + 1);

/** Words as an issue quotes them; logs and lists stay readable. */
export const quoted = (text: string): string => `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;

/**
 * Whether everybody who says a line stands in the shot: by asset, or by label where the library does not know them.
 * A line of nobody is seen from nobody.
 */
export function isInFrame(line: ShotLine, shot: Pick<ShotContent, 'blocking'>): boolean {
  const known = line.speakerAssetIds.every((id) => shot.blocking.some((one) => one.assetId === id));
  const labels = line.speakers.filter((label) => shot.blocking.some((one) => one.assetId === '' && one.name === label));
  return known && line.speakers.length > 0 && labels.length >= line.speakers.length - line.speakerAssetIds.length;
}

/** A reference of a shot: whether it holds, and what to say when it does not. */
type Reference = { readonly holds: boolean; readonly issue: Omit<CoverageIssue, 'shotId'> };

const reference = (holds: boolean, code: CoverageIssue['code'], message: string, elementId = ''): Reference => ({
  holds,
  issue: { code, elementId, message },
});

/** Every scene, element, person, look, prop and place a shot names exists, and who is seen speaking stands in it. */
export function referenceCheck(script: Script, shots: readonly CheckedShot[], library: Lookup): Check<'references'> {
  const all = shots.flatMap((shot, i) =>
    [...sources(shot, script), ...assets(shot, library), ...places(shot, script, library)].map((one) => ({
      ...one,
      shotId: named(shot, i),
    })),
  );
  const invalid = all.filter((one) => !one.holds);
  return {
    counts: { total: all.length, invalid: invalid.length },
    issues: invalid.map(({ issue, shotId }) => ({ ...issue, shotId })),
  };
}

function sources(shot: CheckedShot, script: Script): Reference[] {
  const ids = [...shot.elementIds, ...shot.lines.map((line) => line.elementId)];
  return [
    reference(
      script.sceneOf.has(shot.sceneId),
      'unknown_element',
      `Its scene ${shot.sceneNumber} is not in the script.`,
    ),
    ...ids.map((id) =>
      reference(script.places.has(id), 'unknown_element', `It cites an element the script does not have: ${id}.`, id),
    ),
    ...shot.lines
      .filter((line) => line.onScreen)
      .map((line) =>
        reference(
          isInFrame(line, shot),
          'speaker_absent',
          `${line.speakers.join('、')} is said to be seen speaking but does not stand in the shot.`,
          line.elementId,
        ),
      ),
  ];
}

function assets(shot: CheckedShot, library: Lookup): Reference[] {
  const people = shot.blocking.filter((one) => one.assetId !== '');
  const ids = [...people.map((one) => one.assetId), ...shot.lines.flatMap((line) => line.speakerAssetIds)];
  return [
    ...[...new Set([...ids, ...shot.propAssetIds])].map((id) =>
      reference(library.known.has(id), 'unknown_asset', `It refers to an asset the library does not have: ${id}.`),
    ),
    ...shot.blocking
      .filter((one) => one.variant !== '')
      .map(({ assetId, name, variant }) =>
        reference(
          library.variantsOf(assetId).includes(variant),
          'unknown_asset',
          `${name} has no look ${quoted(variant)} in this episode.`,
        ),
      ),
  ];
}

function places(shot: CheckedShot, script: Script, library: Lookup): Reference[] {
  const scene = script.sceneOf.get(shot.sceneId);
  if (scene === undefined) return [];
  const place = library.place(scene.location);
  const message = `It stands in ${quoted(shot.location)}; its scene is set in ${quoted(scene.location)}.`;
  return [reference(shot.locationAssetId === place.id, 'wrong_place', message)];
}

/** Lengths: none over 15 seconds, none too short for its words. */
export function durationCheck(shots: readonly CheckedShot[]): Check<'duration'> {
  const lengths = shots.map((shot) => shot.duration).sort((a, b) => a - b);
  const issues = shots.flatMap((shot, i): CoverageIssue[] => {
    const about = { elementId: shot.lines[0]?.elementId ?? '', shotId: named(shot, i) };
    const need = spoken(shot.lines);
    if (shot.duration > LONGEST)
      return [{ code: 'too_long', ...about, message: `It lasts ${shot.duration} s; ${LONGEST} s is the most.` }];
    if (shot.duration < need - 0.01)
      return [
        { code: 'too_short', ...about, message: `Its lines need ${need.toFixed(1)} s; it lasts ${shot.duration} s.` },
      ];
    return [];
  });
  const count = (code: CoverageIssue['code']) => issues.filter((issue) => issue.code === code).length;
  return {
    counts: {
      seconds: Math.round(10 * lengths.reduce((sum, length) => sum + length, 0)) / 10,
      shots: shots.length,
      median: medianOf(lengths),
      longest: lengths.at(-1) ?? 0,
      tooLong: count('too_long'),
      tooShort: count('too_short'),
    },
    issues,
  };
}

/** The median of sorted lengths; 0 of none. */
function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return Math.round(median * 100) / 100;
}
