// Who came in comes in no more: invitations, API keys, memberships, keys of models, sockets; and the subdomain. Each goes with what leads to it
// in the directory, in one commit that counts it; so a portion that is done over finds what is left, and counts nothing twice.
import { forgettingKey, loadKeys } from '../../ai/keys/store.ts';
import * as ApiKey from '../../apikey/index.ts';
import * as Invitation from '../../invitation/index.ts';
import * as Member from '../../member/index.ts';
import { commit, type Write } from '../../platform/commit.ts';
import type { Ctx } from '../../platform/ctx.ts';
import * as Socket from '../../socket/index.ts';
import * as Tenant from '../../tenant/index.ts';
import type { Counts } from '../closure.ts';

/** Of each kind, in one portion. */
const atOnce = 40;
/** Rows of a kind in one commit: each takes four writes at most. */
const perCommit = 20;

/** Ends a connection of the tenant. */
export type HangUp = (connection: string) => Promise<void>;

/** The rows that count what their commit removes. */
export type Counting = (more: Partial<Counts>) => Write[];

/** Ends a portion of what lets people in; answers how much that was. First what somebody could still come in by. */
export async function endAccess(ctx: Ctx, counting: Counting, hangUp: HangUp): Promise<number> {
  const invitations = await Invitation.some(ctx, atOnce);
  await removed(ctx, invitations, Invitation.forgetting, (n) => counting({ invitations: n }));
  const keys = await ApiKey.some(ctx, atOnce);
  await removed(ctx, keys, ApiKey.forgetting, (n) => counting({ keys: n }));
  const members = await Member.membersBehind(ctx, '', atOnce);
  await removed(ctx, members, Member.forgetting, (n) => counting({ members: n }));
  const modelKeys = (await loadKeys(ctx)).slice(0, atOnce);
  const forgetting = (_: Ctx, key: (typeof modelKeys)[number]) => [forgettingKey(ctx, key)];
  await removed(ctx, modelKeys, forgetting, (n) => counting({ modelKeys: n }));
  const sockets = (await Socket.socketsOf(ctx)).slice(0, atOnce);
  for (const { connection } of sockets) await hangUp(connection);
  if (sockets.length > 0) await commit(ctx, { rows: counting({ sockets: sockets.length }) });
  return invitations.length + keys.length + members.length + modelKeys.length + sockets.length;
}

async function removed<T>(
  ctx: Ctx,
  rows: readonly T[],
  forgetting: (ctx: Ctx, row: T) => Write[],
  counting: (n: number) => Write[],
): Promise<void> {
  for (let at = 0; at < rows.length; at += perCommit) {
    const some = rows.slice(at, at + perCommit);
    await commit(ctx, { rows: [...some.flatMap((row) => forgetting(ctx, row)), ...counting(some.length)] });
  }
}

/** Gives the subdomain back: nothing leads to the tenant by its name. An onboarding that is undone keeps it to its last commit. */
export async function freeSubdomain(ctx: Ctx): Promise<void> {
  const tenant = await Tenant.find(ctx);
  if (tenant?.subdomain === undefined) return;
  await commit(ctx, {
    rows: [Tenant.freeingSubdomain(ctx, tenant.subdomain), Tenant.saving(ctx, tenant, { subdomain: undefined })],
  });
}
