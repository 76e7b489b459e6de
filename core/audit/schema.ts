// Audit lines as people see them, and how they are looked for.
import * as z from 'zod';
import { PageInput, pageOf } from '../platform/page.ts';

/** `at`: epoch ms. `session`: the sign-in. `before`, `after`: the fields that changed, without secrets. `count`: how many refusals a line stands for. */
export const Line = z.object({
  id: z.string(),
  at: z.int(),
  verb: z.string(),
  actor: z.string(),
  actorKind: z.string(),
  role: z.string(),
  session: z.string().nullable(),
  object: z.string(),
  project: z.string().nullable(),
  ip: z.string().nullable(),
  agent: z.string().nullable(),
  requestId: z.string(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
});
export type Line = z.infer<typeof Line>;

/** At most one of actor, object and verb is looked up; the others narrow what is found. `from`, `to`: epoch ms, both included. */
export const Sought = z.object({
  actor: z.string().min(1).max(100).optional(),
  object: z.string().min(1).max(200).optional(),
  verb: z.string().min(1).max(60).optional(),
  from: z.coerce.number().int().min(0).max(281_474_976_710_655).optional(),
  to: z.coerce.number().int().min(0).max(281_474_976_710_655).optional(),
});
export type Sought = z.infer<typeof Sought>;

export const ListLines = PageInput.omit({ page: true }).extend(Sought.shape);
export const LinePage = pageOf(Line);

export const ExportLines = Sought.extend({
  format: z.enum(['csv', 'jsonl']).default('csv'),
  cursor: z.string().max(2000).optional(),
});

/** `presigned_url` fetches the file until `presigned_expires_at` (epoch ms). With `next_cursor` the lines go on in another file. */
export const Exported = z.object({
  fileName: z.string(),
  contentType: z.string(),
  lines: z.int(),
  bytes: z.int(),
  presignedUrl: z.string(),
  presignedExpiresAt: z.int(),
  nextCursor: z.string().nullable(),
});

/** `block` and `hash`: a head that was noted earlier, to see that the chain still holds it. */
export const VerifyChain = z.object({
  cursor: z.string().max(2000).optional(),
  block: z.coerce.number().int().min(1).optional(),
  hash: z.string().max(100).optional(),
});

/**
 * `state`: `intact`; `behind`: lines older than a minute are in no block yet; `broken`: `break` says where. `lines`: lines seen to be as
 * they were linked; `pruned`: lines that ended with their time; `late`: linked five minutes after they were written or later; `waiting`:
 * of the last minute. With `next_cursor` the walk is not at the end.
 */
export const Verified = z.object({
  state: z.enum(['intact', 'behind', 'broken']),
  break: z.object({ block: z.int(), line: z.string().nullable(), reason: z.string() }).nullable(),
  blocks: z.int(),
  lines: z.int(),
  pruned: z.int(),
  late: z.int(),
  waiting: z.int(),
  unlinked: z.int(),
  firstUnlinked: z.string().nullable(),
  head: z.object({ block: z.int(), hash: z.string() }),
  nextCursor: z.string().nullable(),
});
