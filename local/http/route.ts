// Which route of an HTTP API takes a request: static segments before {param}, before {proxy+}, before $default; a method before ANY.
import type { RoutePlan } from '../template/api.ts';

export type Match = { readonly route: RoutePlan; readonly parameters: Record<string, string> };

type Candidate = Match & { /** Higher wins, compared segment by segment. */ readonly rank: readonly number[] };

const rank = { exact: 3, parameter: 2, greedy: 1 } as const;

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

type Segment = { readonly wanted: string } | { readonly name: string; readonly greedy: boolean };
type Pattern = { readonly verb: string; readonly segments: readonly Segment[] };

const segmentOf = (text: string): Segment => {
  const [found, name = '', plus] = /^\{(.+?)(\+?)\}$/.exec(text) ?? [];
  return found === undefined ? { wanted: text } : { name, greedy: plus !== '' };
};

/** Keys of routes, read: the same few are looked at with every request. */
const patterns = new WeakMap<RoutePlan, Pattern>();

const patternOf = (route: RoutePlan): Pattern => {
  const known = patterns.get(route);
  if (known) return known;
  const [verb = '', path = ''] = route.key.split(' ');
  const pattern = { verb, segments: path.split('/').slice(1).map(segmentOf) };
  patterns.set(route, pattern);
  return pattern;
};

const candidate = (route: RoutePlan, method: string, segments: readonly string[]): Candidate | undefined => {
  const { verb, segments: pattern } = patternOf(route);
  if (verb !== 'ANY' && verb !== method) return undefined;
  const parameters: Record<string, string> = {};
  const ranks: number[] = [];
  for (const [index, one] of pattern.entries()) {
    const given = segments[index];
    if (given === undefined) return undefined;
    if ('wanted' in one) {
      if (decode(given) !== one.wanted) return undefined;
    } else if (given === '') return undefined;
    else if (one.greedy) {
      parameters[one.name] = segments.slice(index).map(decode).join('/');
      return { route, parameters, rank: [...ranks, rank.greedy, verb === 'ANY' ? 0 : 1] };
    } else parameters[one.name] = decode(given);
    ranks.push('wanted' in one ? rank.exact : rank.parameter);
  }
  if (segments.length !== pattern.length) return undefined;
  return { route, parameters, rank: [...ranks, verb === 'ANY' ? 0 : 1] };
};

const compare = (one: Candidate, other: Candidate): number => {
  for (let index = 0; index < Math.max(one.rank.length, other.rank.length); index++) {
    const difference = (other.rank[index] ?? 0) - (one.rank[index] ?? 0);
    if (difference) return difference;
  }
  return 0;
};

/** The route for a method and an (undecoded) path, or undefined: then the answer is 404. */
export function match(routes: readonly RoutePlan[], method: string, path: string): Match | undefined {
  const segments = path.split('/').slice(1);
  const [best] = routes
    .flatMap((route) => (route.key.includes(' ') ? (candidate(route, method, segments) ?? []) : []))
    .sort(compare);
  if (best) return best;
  const fallback = routes.find((route) => route.key === '$default');
  return fallback && { route: fallback, parameters: {} };
}
