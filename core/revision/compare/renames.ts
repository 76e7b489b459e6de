// Names that were changed throughout: a label that is gone, and the one that stands where it stood.
import type { Document, Episode, Scene } from '../../script/schema.ts';
import type { Comparison } from './schema.ts';

/** A person's label or a place's name, before and after. */
export type Rename = { readonly kind: 'character' | 'location'; readonly before: string; readonly after: string };

type Side = Pick<Document, 'episodes'>;
type Votes = Map<string, Map<string, number>>;

/**
 * Labels of people and names of places that were replaced everywhere. A name that both documents know was not renamed:
 * a line given to somebody else is no rename, and two labels made one are none either. Pure.
 */
export function renamesOf(before: Side, after: Side, comparison: Comparison): Rename[] {
  const people = agreed(labelVotes(before, after, comparison), labelsOf(before), labelsOf(after));
  const places = agreed(placeVotes(before, after, comparison), placesOf(before), placesOf(after));
  return [
    ...people.map(([from, to]): Rename => ({ kind: 'character', before: from, after: to })),
    ...places.map(([from, to]): Rename => ({ kind: 'location', before: from, after: to })),
  ];
}

/** Lines and cast lists that differ in one name speak for that pair. */
function labelVotes(before: Side, after: Side, { elements }: Comparison): Votes {
  const [old, now] = [speakersById(before), speakersById(after)];
  const votes: Votes = new Map();
  for (const change of elements) {
    if (change.status !== 'changed' || !change.before || !change.after) continue;
    const [from, to] = [old.get(change.before.id) ?? [], now.get(change.after.id) ?? []];
    const differing = from.flatMap((name, i) => (name === to[i] ? [] : [i]));
    if (from.length === to.length && differing.length === 1) vote(votes, from[differing[0]!]!, to[differing[0]!]!);
  }
  return votes;
}

function placeVotes(before: Side, after: Side, { scenes }: Comparison): Votes {
  const [old, now] = [scenesById(before), scenesById(after)];
  const votes: Votes = new Map();
  for (const change of scenes) {
    const from = old.get(change.before?.id ?? '')?.location;
    const to = now.get(change.after?.id ?? '')?.location;
    if (from && to && from !== to) vote(votes, from, to);
  }
  return votes;
}

function vote(votes: Votes, from: string, to: string): void {
  const row = votes.get(from) ?? new Map<string, number>();
  votes.set(from, row.set(to, (row.get(to) ?? 0) + 1));
}

/** Pairs that most votes on either side are for, of a name that left and a name that came. */
function agreed(votes: Votes, old: ReadonlySet<string>, now: ReadonlySet<string>): [string, string][] {
  const towards = new Map<string, number>();
  for (const row of votes.values()) for (const [to, count] of row) towards.set(to, (towards.get(to) ?? 0) + count);
  return [...votes].flatMap(([from, row]): [string, string][] => {
    const cast = [...row.values()].reduce((sum, count) => sum + count, 0);
    return [...row].flatMap(([to, count]): [string, string][] => {
      const isMost = 2 * count > cast && 2 * count > towards.get(to)!;
      return isMost && !now.has(from) && !old.has(to) ? [[from, to]] : [];
    });
  });
}

const elementsIn = ({ elements, scenes }: Episode) => [...elements, ...scenes.flatMap((scene) => scene.elements)];

const speakersById = ({ episodes }: Side): Map<string, string[]> =>
  new Map(episodes.flatMap(elementsIn).flatMap(({ id, speakers }) => (speakers ? [[id, speakers] as const] : [])));

const scenesById = ({ episodes }: Side): Map<string, Scene> =>
  new Map(episodes.flatMap(({ scenes }) => scenes.map((scene) => [scene.id, scene] as const)));

const labelsOf = ({ episodes }: Side): Set<string> =>
  new Set([
    ...episodes.flatMap(elementsIn).flatMap(({ speakers }) => speakers ?? []),
    ...episodes.flatMap(({ scenes }) => scenes.flatMap(({ cast }) => cast)),
  ]);

const placesOf = ({ episodes }: Side): Set<string> =>
  new Set(episodes.flatMap(({ scenes }) => scenes.map(({ location }) => location)));
