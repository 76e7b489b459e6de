// Answers that hold together: a form is one of those it was asked about with, and no chain of "same" joins two who are apart.
import { isBetween, type Link } from './link.ts';

interface Held<S> {
  readonly held: ReadonlySet<Link<S>>;
  /** Keys of forms that were called the same as two who are not one: such answers say yes to everything. */
  readonly both: ReadonlySet<string>;
}

/**
 * The links of `open` that may be joined. `same` are all links that were answered "same", those that cannot be joined included: whoever
 * says "same" of two who are apart is not believed about either.
 */
export function withoutConflicts<S>(
  open: readonly Link<S>[],
  same: readonly Link<S>[],
  apart: (x: S, y: S) => boolean,
): Held<S> {
  const both = new Set<string>();
  let held = [...open];
  for (let before = -1; before !== held.length; ) {
    before = held.length;
    for (const key of keysOf(same)) if (isTorn(key, same, held, apart)) both.add(key);
    held = held.filter(({ a }) => !both.has(a.key));
  }
  for (let path = conflictPath(held, apart); path; path = conflictPath(held, apart)) {
    const refused = path;
    held = held.filter((link) => !refused.has(link));
  }
  return { held: new Set(held), both };
}

function keysOf<S>(links: readonly Link<S>[]): Set<string> {
  return new Set(links.map(({ a }) => a.key));
}

/** Whether the form was called the same as two that are apart, or that nothing else says are one. */
function isTorn<S>(
  key: string,
  same: readonly Link<S>[],
  held: readonly Link<S>[],
  apart: (x: S, y: S) => boolean,
): boolean {
  const meant = [...new Set(same.filter(({ a }) => a.key === key).map(({ y }) => y))];
  return meant.some((x, at) =>
    meant.slice(at + 1).some((y) => apart(x, y) || !held.some((link) => isBetween(link, x, y))),
  );
}

/** The links of one shortest chain between two sides that are apart; undefined when there is none. */
function conflictPath<S>(held: readonly Link<S>[], apart: (x: S, y: S) => boolean): Set<Link<S>> | undefined {
  for (const from of new Set(held.flatMap(({ x, y }) => [x, y]))) {
    const came = chainsFrom(from, held);
    for (const to of came.keys()) if (to !== from && apart(from, to)) return pathTo(to, came);
  }
  return undefined;
}

type Came<S> = Map<S, { readonly before: S; readonly link: Link<S> } | undefined>;

/** Breadth first: how each side that hangs together with `from` is reached. */
function chainsFrom<S>(from: S, held: readonly Link<S>[]): Came<S> {
  const came: Came<S> = new Map([[from, undefined]]);
  for (const side of came.keys())
    for (const link of held) {
      if (link.x !== side && link.y !== side) continue;
      const next = link.x === side ? link.y : link.x;
      if (!came.has(next)) came.set(next, { before: side, link });
    }
  return came;
}

function pathTo<S>(to: S, came: Came<S>): Set<Link<S>> {
  const path = new Set<Link<S>>();
  for (let step = came.get(to); step; step = came.get(step.before)) path.add(step.link);
  return path;
}
