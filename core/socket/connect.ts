// A ticket opens a socket for who may listen at this moment: between the two a role, a share, a membership or a sign-in may have ended.
import { isDeepStrictEqual } from 'node:util';
import { leads, standingOf } from '../member/directory.ts';
import { noteRefused } from '../member/refused.ts';
import type { OpenCtx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { admit } from '../platform/reach.ts';
import { standing as sessionStanding } from '../session/store.ts';
import { findEntry } from '../tenant/directory.ts';
import { dropSocket, keepSocket, type Listener, type Ticket, takeTicket } from './store.ts';

/**
 * Keeps a connection for whom the ticket is of, with the role and the reach the directory says he has now. Throws TICKET_INVALID for a
 * ticket that opens nothing (any more), and what a verb that reads tasks would be refused with: FORBIDDEN, MFA_REQUIRED.
 */
export async function connect(ctx: OpenCtx, connection: string, text: string): Promise<void> {
  const ticket = await takeTicket(ctx, text);
  const listening = await listeningNow(ctx, ticket).catch((error: unknown) => tellRefused(ctx, ticket, error));
  await keepSocket(ctx, connection, listening);
  // what changed before the socket was known has hung up nothing
  if (isDeepStrictEqual(await listeningNow(ctx, ticket).catch(() => undefined), listening)) return;
  await dropSocket(ctx, ticket.tenant, connection);
  return tellRefused(ctx, ticket, new Failure('TICKET_INVALID'));
}

/** Tells the tenant of a ticket that it opened nothing. Throws what it was refused with. */
async function tellRefused(open: OpenCtx, { user, tenant: tenantId, session }: Ticket, error: unknown): Promise<never> {
  if (error instanceof Failure) await noteRefused(open, { user, session, tenantId }, 'socket.connect', error.code);
  throw error;
}

function listeningNow(ctx: OpenCtx, ticket: Ticket): Promise<Listener> {
  if (ticket.kind === 'platform') return looking(ctx, ticket);
  // what a key reaches is not told to a socket
  if (ticket.kind === 'key') return Promise.resolve({ ...whose(ticket), role: 'guest', reach: {} });
  return member(ctx, ticket);
}

const whose = ({ tenant, user, locale }: Ticket) => ({ tenant, user, locale });

async function member(ctx: OpenCtx, ticket: Ticket): Promise<Listener> {
  const { user, tenant, session, at } = ticket;
  const [held, signIn] = await Promise.all([
    standingOf(ctx, user, tenant),
    // one without a row was not ended when the ticket was given
    session === undefined ? undefined : sessionStanding(ctx, user, session, Math.floor(at / 1000)),
  ]);
  if (!held?.isActive || held.tenant.status === 'closed' || signIn?.judgement === 'ended')
    throw new Failure('TICKET_INVALID');
  const { role, projects, mfa } = held;
  const { status, mfaRequired } = held.tenant;
  const mfaMissing = mfaRequired === true && leads(role) && !mfa;
  admit({ role, reach: projects, mfaMissing, ...(status === 'onboarding' && { readOnly: status }) }, 'task:read');
  return { ...whose(ticket), role, reach: projects };
}

/** Somebody of the platform listens as a viewer of the tenant would, until his session ends. */
async function looking(ctx: OpenCtx, ticket: Ticket): Promise<Listener> {
  const entry = await findEntry(ctx, ticket.tenant);
  const until = ticket.lookingUntil ?? 0;
  if (!entry || entry.status === 'closed' || until <= ctx.now()) throw new Failure('TICKET_INVALID');
  return { ...whose(ticket), role: 'viewer', reach: {}, until };
}
