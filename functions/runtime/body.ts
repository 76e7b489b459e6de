// What a request carries as its body: a JSON object, bare or as `data` with `meta`.
import { toCamel } from '../../core/platform/case.ts';
import { Failure } from '../../core/platform/failure.ts';
import { words } from '../../core/platform/words.ts';
import type { HttpEvent } from './exchange.ts';

/** Objects and lists within each other. A value of DynamoDB holds 32, and what is kept of a body lies some levels down in its row and its audit line. */
const mostLevels = 24;

/** The body with names as the code writes them; empty where there is none. Throws INVALID_JSON, and INVALID_REQUEST for one that is too deep. */
export function bodyOf(event: HttpEvent): Record<string, unknown> {
  if (!event.body) return {};
  const text = event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString('utf8') : event.body;
  const body = readJson(text);
  if (body === null || typeof body !== 'object' || Array.isArray(body)) throw new Failure('INVALID_JSON');
  mustBeShallow(body);
  const bare = isWrapped(body) ? body.data : body;
  return toCamel(bare) as Record<string, unknown>;
}

/** Level by level: a walk that calls itself would run out of stack before it could say so. */
function mustBeShallow(body: object): void {
  let level: object[] = [body];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > mostLevels)
      throw new Failure('INVALID_REQUEST', {
        reason: words(`请求体最多嵌套 ${mostLevels} 层`, `the body may be nested ${mostLevels} levels deep at most`),
      });
    level = level.flatMap((one) =>
      Object.values(one).filter((inner): inner is object => typeof inner === 'object' && inner !== null),
    );
  }
}

const isWrapped = (body: object): body is { data: object } =>
  'data' in body &&
  typeof body.data === 'object' &&
  body.data !== null &&
  Object.keys(body).every((name) => name === 'data' || name === 'meta');

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure('INVALID_JSON', {}, error);
  }
}
