// Accepting an invitation: by somebody signed in, or at registration.
import * as z from 'zod';
import { findMembership, findPerson, type Person } from '../member/directory.ts';
import { Role } from '../member/schema.ts';
import { joining } from '../member/store.ts';
import { commit, commitAll, maxWrites, type Write } from '../platform/commit.ts';
import { actingFor, type Ctx, type OpenCtx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import { giving, taking } from '../project/sharing.ts';
import * as Tenant from '../tenant/index.ts';
import { Accept } from './schema.ts';
import { closing, findCode, type InvitationRow, load, mustBeOpen, saving } from './store.ts';

export const accept = verb({
  name: 'invitation.accept',
  summary:
    'Accepts an invitation, once; it must be for the address one is signed in with. Then switch to the organisation.',
  needs: 'self',
  input: Accept,
  output: z.object({ tenantId: z.string(), role: Role }),
  run: async (ctx, { code }) => {
    const person = await findPerson(ctx, ctx.actor.id);
    if (!person) throw new Failure('REGISTRATION_UNFINISHED');
    return admitted(await invitationOf(ctx, person.email, code), person);
  },
});

export type Found = { readonly ctx: Ctx; readonly row: InvitationRow };

/** The open invitation behind a code, in its own tenant. Throws INVITATION_INVALID, INVITATION_FOR_ANOTHER, TENANT_SUSPENDED, TENANT_CLOSING. */
export async function invitationOf(open: OpenCtx, email: string, code: string): Promise<Found> {
  const found = await findCode(open, code);
  if (!found) throw new Failure('INVITATION_INVALID');
  const { tenant, invitation } = found;
  const actor = { kind: 'user', id: '', email } as const;
  const ctx = await actingFor(open, { tenant, role: 'guest', reach: {}, actor, verb: 'invitation.accept' });
  const row = await load(ctx, invitation);
  mustBeOpen(ctx, row);
  if (row.email !== email) throw new Failure('INVITATION_FOR_ANOTHER');
  await mustTakeIn(ctx);
  return { ctx, row };
}

/** A tenant that is read only takes nobody in; one that begins is joined by its owner. */
async function mustTakeIn(ctx: Ctx): Promise<void> {
  const entry = await Tenant.findEntry(ctx, ctx.tenant);
  if (!entry || entry.status === 'closed') throw new Failure('INVITATION_INVALID');
  if (entry.status === 'suspended') throw new Failure('TENANT_SUSPENDED');
  if (entry.status === 'closing') throw new Failure('TENANT_CLOSING');
}

/** Makes a person a member of the tenant that invites; `along`: rows that change with it. Throws ALREADY_MEMBER. */
export async function admitted(
  { ctx: inviting, row }: Found,
  { user, email, name }: Omit<Person, 'tenant'>,
  along: Write[] = [],
) {
  const { id, role, projects } = row;
  const ctx: Ctx = { ...inviting, actor: { kind: 'user', id: user, email } };
  const shares = Object.fromEntries(projects.map((grant) => [grant.projectId, grant.role]));
  await forgetShares(ctx, user);
  await commit(ctx, {
    rows: [
      saving(ctx, row, { status: 'accepted', acceptedBy: user }),
      ...closing(ctx, row),
      ...along,
      ...joining(ctx, { id: user, email, name, role }, shares),
      ...projects.map((grant) => giving(ctx, grant.projectId, user, grant.role)),
    ],
    audit: { object: user, after: { role, projects, invitation: id } },
    facts: [{ type: 'member.joined', subject: user, detail: { role } }],
  });
  return { tenantId: ctx.tenant, role };
}

/** What was shared with somebody who was here before does not come back with him. */
async function forgetShares(ctx: Ctx, user: string): Promise<void> {
  const before = await findMembership(ctx, user, ctx.tenant);
  if (!before || before.isActive) return;
  const projects = Object.keys(before.projects);
  if (projects.length === 0) return;
  const rows = projects.map((project) => taking(ctx, project, user));
  await commit(ctx, {
    rows: rows.slice(0, maxWrites),
    audit: { object: user, before: { projects: before.projects }, after: { projects: {} } },
  });
  await commitAll(ctx, rows.slice(maxWrites));
}
