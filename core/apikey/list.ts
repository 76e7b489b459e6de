import { pageOf } from '../platform/page.ts';
import { verb } from '../platform/verb.ts';
import { KeyInfo, ListKeys } from './schema.ts';
import { page, shown, usesOf } from './store.ts';

export const list = verb({
  name: 'apikey.list',
  summary: 'The API keys of the organisation, with when each was used last; never their texts.',
  needs: 'tenant:read',
  input: ListKeys,
  output: pageOf(KeyInfo),
  run: async (ctx, input) => {
    const { items, pagination, nextCursor } = await page(ctx, input);
    const uses = await usesOf(
      ctx,
      items.map(({ id }) => id),
    );
    return {
      items: items.map((row, at) => shown(ctx, row, uses[at])),
      ...(pagination && { pagination }),
      nextCursor,
    };
  },
});
