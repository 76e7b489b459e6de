// Reading and changing keys: everything but the secret, the secret, and taking it away.
import * as z from 'zod';
import { commit, removing } from '../../platform/commit.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { Failure, mustBeAt } from '../../platform/failure.ts';
import { verb } from '../../platform/verb.ts';
import { withAi } from '../ai.ts';
import { baseUrl } from '../base-url.ts';
import { KeyId, KeyList, RemoveKey, RotateKey, UpdateKey } from './input.ts';
import { KeyInfo } from './schema.ts';
import { checkKey, lastFourOf } from './secret.ts';
import { KeyEntity, type KeyRow, labels, loadKey, loadKeys, savingKey, shown } from './store.ts';

export const listKeys = verb({
  name: 'key.list',
  summary: 'Keys of the tenant, those asked first in front.',
  needs: 'tenant:read',
  input: z.object({}),
  output: KeyList,
  run: async (ctx) => ({ items: (await loadKeys(ctx)).map(shown) }),
});

export const updateKey = verb({
  name: 'key.update',
  summary: 'Changes label, models, priority of a key, or switches it on or off.',
  needs: 'tenant:write',
  input: UpdateKey,
  output: KeyInfo,
  run: async (ctx, { id, version, ...change }) => {
    const before = await atVersion(ctx, id, version);
    return save(ctx, before, { ...before, ...change });
  },
});

export const rotateKey = verb({
  name: 'key.rotate',
  summary:
    'Puts another secret in the place of a key; with it, if wanted, another base URL. The old one is not used again.',
  needs: 'tenant:write',
  input: RotateKey,
  output: KeyInfo,
  run: async (plainCtx, { id, version, key, baseUrl: typed }) => {
    const ctx = withAi(plainCtx);
    const before = await atVersion(ctx, id, version);
    const url = typed === undefined ? before.baseUrl : typed === null ? undefined : baseUrl(typed, ctx.ai.addresses);
    checkKey(before.provider, key, { ...before, url });
    const { testedAt: _, testCode: __, ...untested } = before;
    const sealed = await ctx.ai.sealer.seal(key, { tenant: ctx.tenant, provider: before.provider });
    const next = { ...untested, baseUrl: url, sealed, lastFour: lastFourOf(key), secret: before.secret + 1 };
    return save(ctx, before, next);
  },
});

export const removeKey = verb({
  name: 'key.remove',
  summary: 'Deletes a key. Calls that hold it already may end with it.',
  needs: 'tenant:write',
  input: RemoveKey,
  output: KeyId,
  run: async (ctx, { id, version }) => {
    const before = version === undefined ? await loadKey(ctx, id) : await atVersion(ctx, id, version);
    const removed = KeyEntity.remove({ tenant: ctx.tenant, id }).where((row, { eq }) =>
      eq(row.version, before.version),
    );
    await commit(ctx, {
      rows: [removing(ctx.stores.core, removed), labels.freeing(ctx, before.label)],
      audit: { object: id, before: told(before) },
    });
    return { id };
  },
});

async function atVersion(ctx: Ctx, id: string, version: number | undefined): Promise<KeyRow> {
  if (version === undefined) throw new Failure('VERSION_REQUIRED');
  const row = await loadKey(ctx, id);
  mustBeAt(row, version);
  return row;
}

async function save(ctx: Ctx, before: KeyRow, change: KeyRow): Promise<KeyInfo> {
  const next = { ...change, version: before.version + 1, updatedAt: ctx.now() };
  const audit = { object: before.id, before: told(before), after: told(next) };
  const rows = [savingKey(ctx, before, next), ...labels.moving(ctx, before.label, next.label, before.id)];
  await commit(ctx, { rows, audit });
  return shown(next);
}

/** What an audit line may say of a key. */
const told = ({ provider, label, baseUrl: url, models, priority, on, lastFour }: KeyRow) => ({ provider, label, baseUrl: url, models, priority, on, lastFour }); // biome-ignore format: one thought
