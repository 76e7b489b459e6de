// Which route of an HTTP API takes a request: static segments before {param}, before {proxy+}, before $default; a method before ANY.
import type { RoutePlan } from '../template/api.ts';

export type Match = { readonly route: RoutePlan; readonly parameters: Record<string, string> };

/** A route that ends here, and the names of the segments on the way that it takes as parameters. */
type End = { readonly route: RoutePlan; readonly names: readonly string[] };

/** The routes with the same beginning, by what follows. `ends`: by method, or ANY. */
type Branch = {
  readonly exact: Map<string, Branch>;
  parameter?: Branch;
  greedy?: Branch;
  readonly ends: Map<string, End>;
};

const branch = (): Branch => ({ exact: new Map(), ends: new Map() });

const decode = (segment: string): string => {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

const segmentsOf = (path: string): string[] => path.split('/').slice(1);

function plant(root: Branch, route: RoutePlan): void {
  const [verb = '', path = ''] = route.key.split(' ');
  const names: string[] = [];
  let at = root;
  for (const segment of segmentsOf(path)) {
    const [found, name = '', plus] = /^\{(.+?)(\+?)\}$/.exec(segment) ?? [];
    if (found !== undefined) names.push(name);
    at = found === undefined ? exactly(at, segment) : openly(at, plus ? 'greedy' : 'parameter');
  }
  if (!at.ends.has(verb)) at.ends.set(verb, { route, names });
}

function exactly({ exact }: Branch, segment: string): Branch {
  const next = exact.get(segment) ?? branch();
  exact.set(segment, next);
  return next;
}

function openly(at: Branch, kind: 'parameter' | 'greedy'): Branch {
  at[kind] ??= branch();
  return at[kind];
}

/** The first that fits, the nearest first. `taken`: what parameters on the way took. */
function walk(at: Branch, method: string, segments: readonly string[], taken: readonly string[]): Match | undefined {
  const [first, ...rest] = segments;
  if (first === undefined) return ended(at, method, taken);
  const given = decode(first);
  const next = at.exact.get(given);
  const exact = next && walk(next, method, rest, taken);
  if (exact) return exact;
  if (first === '') return undefined;
  const one = at.parameter && walk(at.parameter, method, rest, [...taken, given]);
  return one ?? (at.greedy && ended(at.greedy, method, [...taken, segments.map(decode).join('/')]));
}

function ended({ ends }: Branch, method: string, taken: readonly string[]): Match | undefined {
  const end = ends.get(method) ?? ends.get('ANY');
  if (!end) return undefined;
  return {
    route: end.route,
    parameters: Object.fromEntries(end.names.map((name, index) => [name, taken[index] ?? ''])),
  };
}

/** Tells the route for a method and an (undecoded) path, or undefined: then the answer is 404. */
export function routerOf(routes: readonly RoutePlan[]): (method: string, path: string) => Match | undefined {
  const root = branch();
  for (const route of routes) if (route.key.includes(' ')) plant(root, route);
  const fallback = routes.find(({ key }) => key === '$default');
  return (method, path) =>
    walk(root, method, segmentsOf(path), []) ?? (fallback && { route: fallback, parameters: {} });
}
