// Sign-ins in the directory: one row each, one for "all before that moment", and the refresh tokens that were used up.
import { createHash } from 'node:crypto';
import { Entity } from 'electrodb';
import { patching, putting, type Write } from '../platform/commit.ts';
import type { Ctx, OpenCtx } from '../platform/ctx.ts';
import { byUser, leadingBy, number, text } from '../platform/keys.ts';
import { everythingOn } from '../platform/page.ts';
import { type RowKey, together } from '../platform/together.ts';
import type { Item } from '../platform/transact.ts';
import { type AllEnded, deviceOf, judged, type Session } from './session.ts';

/** How long a row stays after it was last written, in seconds: longer than a refresh token lives (lib/config.ts, 7 days). */
const kept = 8 * 86_400;

const SessionEntity = new Entity({
  model: { entity: 'directory-session', version: '1', service: 'scriptloom' },
  attributes: {
    user: text,
    id: text,
    tenants: { type: 'list', items: { type: 'string' } },
    device: text,
    ip: text,
    firstSeen: number,
    lastSeen: number,
    endedAt: { type: 'number' },
    expires_at: number,
  },
  indexes: {
    primary: { pk: byUser, sk: { field: 'sk', composite: ['id'], template: 'SESSION#${id}', casing: 'none' } },
  },
});

const AllEndedEntity = new Entity({
  model: { entity: 'directory-sessions-ended', version: '1', service: 'scriptloom' },
  attributes: { user: text, at: number, moment: number, except: { type: 'string' }, expires_at: number },
  indexes: { primary: { pk: byUser, sk: { field: 'sk', composite: [], template: 'SESSIONS-ENDED', casing: 'none' } } },
});

/** A refresh token that was changed for another one, by its hash: who comes with it again leads to the session it was of. */
const SpentEntity = new Entity({
  model: { entity: 'directory-spent-refresh', version: '1', service: 'scriptloom' },
  attributes: { hash: text, user: text, session: text, expires_at: number },
  indexes: {
    primary: leadingBy('hash', 'REFRESH'),
  },
});

type Asking = Pick<OpenCtx, 'stores' | 'now'>;
const expiry = ({ now }: Asking): number => Math.floor(now() / 1000) + kept;

/** What a sign-in is at this moment, and its row where there is one. `authTime`: epoch seconds at which it was made. */
export async function standing(ctx: Pick<OpenCtx, 'stores'>, user: string, id: string, authTime: number) {
  const on = ctx.stores.directory;
  const { table } = on;
  const keys = [
    SessionEntity.get({ user, id }).params<{ Key: RowKey }>({ table }).Key,
    AllEndedEntity.get({ user }).params<{ Key: RowKey }>({ table }).Key,
  ];
  const [found, all] = await together(on, keys);
  const session = found as Session | undefined;
  return { session, judgement: judged(session, { id, authTime, allEnded: all as AllEnded | undefined }) };
}

const row = (ctx: Ctx, user: string, id: string) => {
  const now = ctx.now();
  const seen = { device: deviceOf(ctx.from?.agent), ip: ctx.from?.ip ?? '', firstSeen: now, lastSeen: now };
  return { user, id, tenants: [ctx.tenant], ...seen, expires_at: expiry(ctx) };
};

/** The row of a sign-in that was just made. */
export const beginning = (ctx: Ctx, user: string, id: string): Write =>
  putting(ctx.stores.directory, SessionEntity.put(row(ctx, user, id)));

/** The row of a sign-in that was made elsewhere; refused where it was noted, or ended, meanwhile. */
export const appearing = (ctx: Ctx, user: string, id: string): Item =>
  putting(ctx.stores.directory, SessionEntity.create(row(ctx, user, id))).item;

/** A sign-in was seen in ctx.tenant, where it was never before; refused where that was noted, or it was ended, meanwhile. */
export function comingIn(ctx: Ctx, user: string, id: string): Item {
  const next = SessionEntity.patch({ user, id }).append({ tenants: [ctx.tenant] });
  return patching(
    ctx.stores.directory,
    next.where(
      ({ tenants, endedAt }, { notContains, notExists }) =>
        `${notContains(tenants, ctx.tenant)} AND ${notExists(endedAt)}`,
    ),
  ).item;
}

/** Notes that a session was seen, and from where. */
export async function noteSeen(ctx: OpenCtx, user: string, id: string): Promise<void> {
  await SessionEntity.patch({ user, id })
    .set({
      lastSeen: ctx.now(),
      ip: ctx.from?.ip ?? '',
      device: deviceOf(ctx.from?.agent),
      expires_at: expiry(ctx),
    })
    .go(ctx.stores.directory);
}

/** The sign-ins of a person that hold, the one seen last first. */
export async function listOf(ctx: Pick<OpenCtx, 'stores'>, user: string): Promise<Session[]> {
  const { directory } = ctx.stores;
  const sessions = SessionEntity.query.primary({ user }).begins({ id: '' });
  const [all, { data }] = await Promise.all([
    everythingOn<Session>(directory, sessions, SessionEntity),
    AllEndedEntity.get({ user }).go({ ...directory, consistent: true }),
  ]);
  const allEnded = (data as AllEnded | null) ?? undefined;
  const holds = (one: Session) =>
    judged(one, { id: one.id, authTime: Math.floor(one.firstSeen / 1000), allEnded }) === 'holds';
  return all.filter(holds).sort((a, b) => b.lastSeen - a.lastSeen);
}

/** Ends a session, also one that nobody has noted. Its tokens are refused from the next time they are judged, in the authorizer's cache at most 30 seconds later. */
export const ending = (ctx: Ctx, user: string, id: string): Write =>
  patching(
    ctx.stores.directory,
    SessionEntity.update({ user, id }).set({ endedAt: ctx.now(), expires_at: expiry(ctx) }),
  );

/** Sessions a commit marks in their own rows; the rest is ended by the moment alone. */
const most = 80;

/** Ends every sign-in of a person but `except`, which stays where it holds. */
export async function endingAll(ctx: Ctx, user: string, except?: string): Promise<Write[]> {
  const held = await listOf(ctx, user);
  const stays = held.some(({ id }) => id === except);
  const now = ctx.now();
  const all = { at: Math.floor(now / 1000), moment: now, ...(stays && { except }) };
  return [
    ...held
      .filter(({ id }) => id !== except)
      .slice(0, most)
      .map(({ id }) => ending(ctx, user, id)),
    putting(ctx.stores.directory, AllEndedEntity.put({ user, ...all, expires_at: expiry(ctx) })),
  ];
}

const hashOf = (refresh: string): string => createHash('sha256').update(refresh).digest('hex');

/** Keeps which session a refresh token was of that is no longer to be used. */
export async function spend(ctx: Asking, refresh: string, { user, session }: { user: string; session: string }) {
  await SpentEntity.put({ hash: hashOf(refresh), user, session, expires_at: expiry(ctx) }).go(ctx.stores.directory);
}

/** The session a used-up refresh token was of. */
export async function spentOf({ stores }: Asking, refresh: string) {
  const { data } = await SpentEntity.get({ hash: hashOf(refresh) }).go({ ...stores.directory, consistent: true });
  return data ?? undefined;
}
