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

const candidate = (route: RoutePlan, method: string, segments: readonly string[]): Candidate | undefined => {
  const [verb = '', path = ''] = route.key.split(' ');
  if (verb !== 'ANY' && verb !== method) return undefined;
  const pattern = path.split('/').slice(1);
  const parameters: Record<string, string> = {};
  const ranks: number[] = [];
  for (const [index, wanted] of pattern.entries()) {
    const given = segments[index];
    const name = /^\{(.+?)(\+?)\}$/.exec(wanted);
    if (given === undefined || (name && given === '')) return undefined;
    if (name?.[2]) {
      parameters[name[1] ?? ''] = segments.slice(index).map(decode).join('/');
      return { route, parameters, rank: [...ranks, rank.greedy, verb === 'ANY' ? 0 : 1] };
    }
    if (name) parameters[name[1] ?? ''] = decode(given);
    else if (decode(given) !== wanted) return undefined;
    ranks.push(name ? rank.parameter : rank.exact);
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
