// The platform's own audit, and how what runs for all tenants stands.
import * as z from 'zod';
import * as Audit from '../audit/index.ts';
import { platformTenant } from '../platform/id.ts';
import { due } from '../platform/reminder.ts';
import { forTenant, platformVerb } from './platform.ts';

export const audit = platformVerb({
  name: 'platform.audit',
  summary: 'What those did who run the platform, newest first; by actor, tenant (as object), verb and time.',
  input: Audit.list.input,
  output: Audit.list.output,
  run: async (ctx, sought) => Audit.list(await forTenant(ctx, platformTenant), sought),
});

/** A sweep looks after everything every quarter of an hour; what is older was not looked after. */
const mostCounted = 10_000;

export const health = platformVerb({
  name: 'platform.health',
  summary: 'Work that nobody has looked after in time, by kind. Alarms and depths of queues are in CloudWatch.',
  input: z.object({}),
  output: z.object({
    due: z.array(z.object({ kind: z.string(), count: z.int(), oldest: z.int() })),
    isComplete: z.boolean(),
  }),
  run: async (ctx) => {
    const kinds = new Map<string, { kind: string; count: number; oldest: number }>();
    let counted = 0;
    for await (const { kind, at } of due(ctx)) {
      const known = kinds.get(kind) ?? { kind, count: 0, oldest: at };
      kinds.set(kind, { kind, count: known.count + 1, oldest: Math.min(known.oldest, at) });
      if (++counted === mostCounted) break;
    }
    return { due: [...kinds.values()], isComplete: counted < mostCounted };
  },
});
