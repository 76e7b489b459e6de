// Which route of a WebSocket API takes a message.
import { readPath } from '../stepfunctions/path.ts';
import type { ApiPlan, RoutePlan } from '../template/api.ts';

const routeOf = ({ routes }: ApiPlan, key: string): RoutePlan | undefined => routes.find((route) => route.key === key);

/** The route named `key` of the life cycle: `$connect`, `$disconnect`. */
export const lifeRoute = routeOf;

/** The route whose key the selection expression (`$request.body.action`) finds in the message, else `$default`, if any. */
export function messageRoute(api: ApiPlan, message: string): RoutePlan | undefined {
  let body: unknown;
  try {
    body = JSON.parse(message);
  } catch {
    return routeOf(api, '$default');
  }
  const path = /^\$\{?request\.body\.([^}]+)\}?$/.exec(api.routeSelection)?.[1];
  const key = path === undefined ? undefined : readPath(`$.${path}`, body, undefined);
  const named = typeof key === 'string' && !key.startsWith('$') ? routeOf(api, key) : undefined;
  return named ?? routeOf(api, '$default');
}
