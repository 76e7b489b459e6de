import { pageThrough } from '../platform/page.ts';
import { verb } from '../platform/verb.ts';
import { ListMembers, MemberPage } from './schema.ts';
import { MemberEntity, type MemberRow, shown } from './store.ts';

export const list = verb({
  name: 'member.list',
  summary: 'Members of the organisation; with removed=true those who were removed or left, too.',
  needs: 'member:read',
  input: ListMembers,
  output: MemberPage,
  run: async (ctx, { removed, ...page }) => {
    const all = MemberEntity.query.primary({ tenant: ctx.tenant });
    const query = removed ? all : all.where(({ isActive }, { eq }) => eq(isActive, true));
    const on = { query, reader: MemberEntity, about: `member.list|${removed}` };
    const { items, ...rest } = await pageThrough<MemberRow>(ctx, on, page);
    return { ...rest, items: items.map(shown) };
  },
});
