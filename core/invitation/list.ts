import { pageThrough } from '../platform/page.ts';
import { verb } from '../platform/verb.ts';
import { InvitationPage, ListInvitations } from './schema.ts';
import { InvitationEntity, type InvitationRow, shown } from './store.ts';

export const list = verb({
  name: 'invitation.list',
  summary: 'Invitations of the organisation and what became of them, newest first.',
  needs: 'member:read',
  input: ListInvitations,
  output: InvitationPage,
  run: async (ctx, page) => {
    const query = InvitationEntity.query.primary({ tenant: ctx.tenant });
    const on = { query, reader: InvitationEntity, about: 'invitation.list', order: 'desc' as const };
    const { items, ...rest } = await pageThrough<InvitationRow>(ctx, on, page);
    return { ...rest, items: items.map((row) => shown(row, ctx.now())) };
  },
});
