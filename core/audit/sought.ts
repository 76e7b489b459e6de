// The query for lines that are looked for: by object, actor or verb through their index, else by time; what else is asked filters.
import { encodeTime } from 'ulid';
import { AuditRow } from '../platform/audit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { words } from '../platform/words.ts';
import { type Line, Line as LineSchema, type Sought } from './schema.ts';

/** Ids of a time: the first and the last there can be. */
const firstOf = (ms: number): string => `aud_${encodeTime(ms).toLowerCase()}`;
const lastOf = (ms: number): string => `aud_${encodeTime(ms).toLowerCase()}~`;

/** Latest time an id can name. */
const endOfTime = 281_474_976_710_655;

/**
 * The query; `behind`: an id, to go on behind its line. The rarest of what is asked finds the lines, the rest narrows them.
 * Throws INVALID_REQUEST for a time that ends before it begins, in which the table looks for nothing.
 */
export function soughtLines({ tenant }: Ctx, { actor, object, verb, from = 0, to = endOfTime }: Sought, behind = '') {
  if (from > to)
    throw new Failure('INVALID_REQUEST', { reason: words('from：不能晚于 to', 'from: must not be later than to') });
  const [first, last] = [{ id: behind === '' ? firstOf(from) : `${behind}~` }, { id: lastOf(to) }];
  const { query } = AuditRow;
  const found =
    object !== undefined
      ? query.byObject({ tenant, object }).between(first, last)
      : verb !== undefined
        ? query.byVerb({ tenant, verb }).between(first, last)
        : actor !== undefined
          ? query.byActor({ tenant, actor }).between(first, last)
          : query.primary({ tenant }).between(first, last);
  return found.where((row, { eq }) =>
    [
      object !== undefined && verb !== undefined && eq(row.verb, verb),
      (object !== undefined || verb !== undefined) && actor !== undefined && eq(row.actor, actor),
    ]
      .filter((part) => part !== false)
      .join(' AND '),
  );
}

/** A line as the API shows it. */
export const shown = (row: Record<string, unknown>): Line =>
  LineSchema.parse({ session: null, project: null, ip: null, agent: null, before: null, after: null, ...row });
