import { AuditRow } from '../platform/audit.ts';
import { pageThrough } from '../platform/page.ts';
import { verb } from '../platform/verb.ts';
import { LinePage, ListLines } from './schema.ts';
import { shown, soughtLines } from './sought.ts';

export const list = verb({
  name: 'audit.list',
  summary: 'What was done in the tenant, newest first: by actor, object, verb and time (epoch ms).',
  needs: 'audit:read',
  input: ListLines,
  output: LinePage,
  run: async (ctx, { cursor, size, ...sought }) => {
    const { items, nextCursor } = await pageThrough<Record<string, unknown>>(
      ctx,
      {
        table: ctx.stores.audit,
        query: soughtLines(ctx, sought),
        reader: AuditRow,
        about: `audit.list|${JSON.stringify(sought)}`,
        order: 'desc',
      },
      { cursor, size },
    );
    return { items: items.map(shown), nextCursor };
  },
});
