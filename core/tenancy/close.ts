// Closing an organisation, by its owner: with its name typed, the password, and the code of the second factor where there is one.
import * as z from 'zod';
import { prove } from '../identity/index.ts';
import { mustAssign } from '../member/assign.ts';
import * as Member from '../member/index.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import { inLocale, minuteOf, words } from '../platform/words.ts';
import * as Tenant from '../tenant/index.ts';
import { beginClosing } from './begin-closing.ts';
import { Close, Closing } from './schema.ts';
import { takeBack } from './take-back.ts';

const isSame = (one: string, other: string): boolean => one.normalize('NFC').trim() === other.normalize('NFC').trim();

export const close = verb({
  name: 'tenant.close',
  summary:
    'Closes the organisation: read only until the time of grace ends, then everything is removed for good. Owners alone, by name, password and second factor.',
  needs: 'tenant:write',
  // so that a second call is told until when the first can be taken back
  evenClosing: true,
  input: Close,
  output: Closing,
  run: async (ctx, { confirm, password, code, reason }) => {
    mustAssign(ctx, 'owner');
    const [{ email, mfa }, tenant] = await Promise.all([Member.personOf(ctx), Tenant.load(ctx)]);
    if (!isSame(confirm, tenant.name)) throw new Failure('CONFIRMATION_WRONG', { name: tenant.name });
    if (mfa && code === undefined) throw new Failure('CODE_REQUIRED');
    await prove(ctx, { email, password, ...(code !== undefined && { code }) });
    const { until } = await beginClosing(ctx, { by: 'owner', reason });
    return { id: ctx.tenant, status: 'closing' as const, closesAt: until, notice: noticeOf(ctx, until) };
  },
});

export const reopen = verb({
  name: 'tenant.reopen',
  summary: 'Takes the closing of the organisation back, within its time of grace: everything is as it was.',
  needs: 'tenant:write',
  evenClosing: true,
  input: z.object({}),
  output: Closing.omit({ notice: true, closesAt: true }),
  run: async (ctx) => {
    mustAssign(ctx, 'owner');
    const { status } = await takeBack(ctx, 'owner');
    return { id: ctx.tenant, status };
  },
});

function noticeOf({ locale }: Ctx, until: number): string {
  const day = minuteOf(until);
  const notice = words(
    `在 ${day}（UTC）之前可以查看、导出，所有者可以撤回注销。此后所有数据将被永久删除，无法恢复。`,
    `Until ${day} (UTC) everything can be read and exported, and an owner can take this back. Then everything is removed for good and cannot be restored.`,
  );
  return String(inLocale(notice, locale));
}
