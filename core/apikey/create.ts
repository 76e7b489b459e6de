import { commit } from '../platform/commit.ts';
import { newId } from '../platform/id.ts';
import { verb } from '../platform/verb.ts';
import * as Project from '../project/index.ts';
import { entering } from './directory.ts';
import { CreateKey, MadeKey } from './schema.ts';
import { hashOf, newSecret, startOf } from './secret.ts';
import { creating, dayMs, type KeyRow, shown } from './store.ts';

export const create = verb({
  name: 'apikey.create',
  summary: 'Makes an API key. Its text is in this answer and never told again.',
  needs: 'tenant:write',
  input: CreateKey,
  output: MadeKey,
  run: async (ctx, { name, scopes, projects, addresses, expiresInDays, requestsPerMinute }) => {
    await Promise.all((projects ?? []).map((id) => Project.load(ctx, id)));
    const now = ctx.now();
    const secret = newSecret();
    const row: KeyRow = {
      tenant: ctx.tenant,
      id: newId('apk', now),
      hash: hashOf(secret),
      name,
      start: startOf(secret),
      scopes: [...new Set(scopes)],
      ...(projects && { projects: [...new Set(projects)] }),
      addresses,
      ...(requestsPerMinute && { requestsPerMinute }),
      days: expiresInDays,
      expiresAt: now + expiresInDays * dayMs,
      createdBy: ctx.actor.id,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    const { id, expiresAt } = row;
    const may = { scopes: row.scopes, projects: row.projects, addresses, requestsPerMinute };
    await commit(ctx, {
      rows: [...creating(ctx, row), entering(ctx, row)],
      audit: { object: id, after: { name, ...may, expiresAt } },
    });
    return { ...shown(ctx, row), key: secret };
  },
});
