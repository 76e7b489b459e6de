// Storing a key of the tenant's own.
import { commit, putting } from '../../platform/commit.ts';
import { Failure } from '../../platform/failure.ts';
import { newId } from '../../platform/id.ts';
import { verb } from '../../platform/verb.ts';
import { words } from '../../platform/words.ts';
import { withAi } from '../ai.ts';
import { baseUrl } from '../base-url.ts';
import { AddKey } from './input.ts';
import { KeyInfo } from './schema.ts';
import { checkKey, lastFourOf } from './secret.ts';
import { KeyEntity, type KeyRow, labels, loadKeys, shown } from './store.ts';

const mostKeys = 50;

const full = words(
  `已有 ${mostKeys} 个模型密钥，达到上限，请先删除不用的`,
  `there are ${mostKeys} keys of models, as many as can be; delete one first`,
);

export const addKey = verb({
  name: 'key.add',
  summary: 'Stores a key for a provider. It is sealed and only its last four characters are shown again.',
  needs: 'tenant:write',
  input: AddKey,
  output: KeyInfo,
  run: async (plainCtx, { key, ...input }) => {
    const ctx = withAi(plainCtx);
    checkKey(input.provider, key, { ...input, url: input.baseUrl });
    if ((await loadKeys(ctx)).length >= mostKeys) throw new Failure('CONFLICT', { reason: full });
    const now = ctx.now();
    const row: KeyRow = {
      ...input,
      tenant: ctx.tenant,
      id: newId('key', now),
      baseUrl: input.baseUrl && baseUrl(input.baseUrl, ctx.ai.addresses),
      lastFour: lastFourOf(key),
      sealed: await ctx.ai.sealer.seal(key, { tenant: ctx.tenant, provider: input.provider }),
      secret: 1,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    const { label, provider, lastFour } = row;
    await commit(ctx, {
      rows: [
        putting(ctx.stores.core, KeyEntity.create({ ...row, models: [...row.models] })),
        labels.taking(ctx, label, row.id),
      ],
      audit: { object: row.id, after: { provider, label, lastFour, baseUrl: row.baseUrl } },
    });
    return shown(row);
  },
});
