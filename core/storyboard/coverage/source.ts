// Shots against the script: is every line heard once, every action seen, every scene shown, and does the order hold?
import { isBeside, isSeen } from '../beats.ts';
import type { CheckedShot, ShotLine } from '../schema.ts';
import type { Coverage, CoverageIssue } from './report.ts';
import { atOf, type Place, type Script } from './script.ts';
import { named, quoted } from './shot.ts';

type Check<K extends keyof Coverage> = { readonly counts: Coverage[K]; readonly issues: CoverageIssue[] };
type Claim = { readonly line: ShotLine; readonly shotId: string };

/** Each spoken element: its parts, joined in their order, must give its words, from the mouths the script names. */
export function dialogueCheck(script: Script, shots: readonly CheckedShot[]): Check<'dialogue'> {
  const claims = new Map<string, Claim[]>();
  for (const [i, shot] of shots.entries())
    for (const line of shot.lines) {
      const list = claims.get(line.elementId);
      const claim = { line, shotId: named(shot, i) };
      if (list === undefined) claims.set(line.elementId, [claim]);
      else list.push(claim);
    }
  const issues = script.spoken.flatMap((place) => dialogueFault(place, claims.get(place.element.id) ?? []));
  const count = (code: CoverageIssue['code']) => issues.filter((issue) => issue.code === code).length;
  const total = script.spoken.length;
  return {
    counts: {
      total,
      once: total - issues.length,
      missing: count('dialogue_missing'),
      twice: count('dialogue_twice'),
      altered: count('dialogue_altered'),
    },
    issues,
  };
}

/** At most one fault a line: missing before twice before altered. */
function dialogueFault({ element, scene }: Place, claims: readonly Claim[]): CoverageIssue[] {
  const sorted = [...claims].sort((a, b) => a.line.part - b.line.part);
  const speakers = element.speakers ?? [];
  const words = quoted(element.text);
  const fault = (code: CoverageIssue['code'], message: string, shotId = ''): CoverageIssue[] => [
    { code, elementId: element.id, shotId, message },
  ];
  if (sorted.length === 0)
    return fault('dialogue_missing', `No shot says ${words} (scene ${scene.number}, line ${element.line}).`);
  const other = sorted.find(({ line }) => line.speakers.join('|') !== speakers.join('|'));
  const joined = sorted.map(({ line }) => line.text).join('');
  if (joined === element.text) {
    if (other === undefined) return [];
    return fault('dialogue_altered', `${words} is given to ${other.line.speakers.join('、')}.`, other.shotId);
  }
  const again = sorted.find(({ line }, i) => i > 0 && sorted[i - 1]!.line.part === line.part);
  if (again !== undefined) return fault('dialogue_twice', `${words} is said more than once.`, again.shotId);
  const parts = Math.max(...sorted.map(({ line }) => line.parts));
  if (sorted.length < parts)
    return fault('dialogue_missing', `A part of ${words} is missing (${sorted.length} of ${parts} are there).`);
  const first = sorted.find(({ line }) => !element.text.includes(line.text)) ?? sorted[0]!;
  return fault('dialogue_altered', `${words} is said in other words: ${quoted(joined)}.`, first.shotId);
}

/** Every action and camera line in at least one shot. Captions and sounds nobody carries are named too, but are no action. */
export function actionCheck(script: Script, shots: readonly CheckedShot[]): Check<'action'> {
  const cited = new Set(shots.flatMap((shot) => shot.elementIds));
  const places = [...script.places.values()];
  const actions = places.filter(({ element }) => isSeen(element));
  const beside = places.filter(({ element }) => isBeside(element));
  const missing = (list: readonly Place[]) => list.filter(({ element }) => !cited.has(element.id));
  const covered = actions.length - missing(actions).length;
  return {
    counts: { total: actions.length, covered, ratio: actions.length === 0 ? 1 : covered / actions.length },
    issues: missing([...actions, ...beside]).map(({ element, scene }) => ({
      code: 'action_missing',
      elementId: element.id,
      shotId: '',
      message: `No shot shows ${quoted(element.text)} (scene ${scene.number}, line ${element.line}).`,
    })),
  };
}

/** Spans of shots never go back: each begins at or behind the end of the one before it, and is in order itself. */
export function orderCheck(script: Script, shots: readonly CheckedShot[]): Check<'order'> {
  const issues: CoverageIssue[] = [];
  let total = 0;
  let end = Number.NEGATIVE_INFINITY;
  for (const [i, shot] of shots.entries()) {
    const shown = shot.elementIds.flatMap((id) => script.places.get(id)?.at ?? []);
    const said = shot.lines.flatMap((line) => {
      const place = script.places.get(line.elementId);
      return place === undefined ? [] : [atOf(place, line)];
    });
    if (shown.length + said.length === 0) continue;
    total++;
    if (Math.min(...shown, ...said) < end || !isRising(shown) || !isRising(said))
      issues.push({
        code: 'order',
        elementId: shot.elementIds[0] ?? shot.lines[0]?.elementId ?? '',
        shotId: named(shot, i),
        message: `Shot ${i + 1} goes back in the script, behind what the shot before it tells.`,
      });
    end = Math.max(...shown, ...said);
  }
  return { counts: { total, backwards: issues.length }, issues };
}

const isRising = (places: readonly number[]): boolean => places.every((at, i) => i === 0 || places[i - 1]! <= at);

/** Every scene has a shot, and no shot reaches into another scene. */
export function sceneCheck(script: Script, shots: readonly CheckedShot[]): Check<'scenes'> {
  const shown = new Set(shots.map((shot) => shot.sceneId));
  const missing = script.scenes.filter((scene) => !shown.has(scene.id));
  const crossing = shots.flatMap((shot, i): CoverageIssue[] => {
    const foreign = [...shot.elementIds, ...shot.lines.map((line) => line.elementId)].find((id) => {
      const place = script.places.get(id);
      return place !== undefined && place.scene.id !== shot.sceneId;
    });
    if (foreign === undefined) return [];
    const message = `Shot ${i + 1} tells of another scene than its own (${shot.sceneNumber}).`;
    return [{ code: 'crosses_scene', elementId: foreign, shotId: named(shot, i), message }];
  });
  return {
    counts: { total: script.scenes.length, covered: script.scenes.length - missing.length },
    issues: [
      ...missing.map(({ number, heading }): CoverageIssue => {
        const message = `Scene ${number} (${heading}) has no shot.`;
        return { code: 'scene_missing', elementId: '', shotId: '', message };
      }),
      ...crossing,
    ],
  };
}
