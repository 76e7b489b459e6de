// Members are told that their organisation closes: until when they can look and export, and that nothing is kept afterwards.
import * as Member from '../../member/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { type Mail, tell as mail } from '../../platform/mail.ts';
import { minuteOf, words } from '../../platform/words.ts';
import * as Tenant from '../../tenant/index.ts';
import { type Closure, findClosure } from '../closure.ts';
import { finished, left, type OffboardInput, overtaken, type Portion } from './step.ts';

/** Members that one portion tells. */
const atOnce = 50;

/** `until`: ISO 8601, for the machine to wait for. A closing that goes on after a failure was told when it began. */
export async function tell(ctx: Ctx, { closing, after = '' }: OffboardInput): Promise<Portion & { until: string }> {
  const closure = await findClosure(ctx, ctx.tenant);
  const until = new Date(closure?.until ?? 0).toISOString();
  if (closure?.id !== closing) return { ...overtaken, until };
  if (closure.phase !== 'grace') return { ...finished, until };
  const { name } = await Tenant.load(ctx);
  const members = await Member.membersBehind(ctx, after, atOnce);
  const active = members.filter(({ isActive }) => isActive);
  await Promise.all(active.map(({ email }) => mail(ctx.stores.mail, closingMail(email, name, closure))));
  const last = members.at(-1);
  return { ...(last && members.length === atOnce ? left(last.id) : finished), until };
}

function closingMail(to: string, tenant: string, { until, by }: Closure): Mail {
  const day = minuteOf(until);
  const who =
    by === 'owner'
      ? words('组织的所有者', 'an owner of the organisation')
      : words('平台', 'those who run the platform');
  return {
    to,
    subject: words(`组织「${tenant}」即将注销`, `${tenant} is being closed`),
    text: words(
      `您所在的 Scriptloom 组织「${tenant}」将被注销，由${who['zh-CN']}发起。\n\n${day}（UTC）之前可以查看和导出内容，不能修改；${by === 'owner' ? '所有者' : '平台'}可以在此之前撤回。此后组织的剧本、分镜、文件和成员资格将被永久删除，无法恢复。您的账号和您在其他组织的内容不受影响。`,
      `Your organisation ${tenant} on Scriptloom is being closed by ${who.en}.\n\nUntil ${day} (UTC) everything can be read and exported, and nothing changed; ${by === 'owner' ? 'an owner' : 'the platform'} can take it back until then. Afterwards its scripts, storyboards, files and memberships are removed for good and cannot be restored. Your account, and what you have in other organisations, stays.`,
    ),
  };
}
