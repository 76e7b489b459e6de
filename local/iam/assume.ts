// Whether a caller may take a role: its own policies must allow the call, and the role's trust policy must allow the caller.
import type { RolePlan } from '../template/role.ts';
import type { Callers } from './callers.ts';
import type { RequestContext } from './condition.ts';
import { evaluate } from './evaluate.ts';

export type Assumption = {
  readonly accessKeyId: string;
  readonly role: RolePlan;
  /** Session tags. */
  readonly tags: Readonly<Record<string, string>>;
};

/** Condition keys of an AssumeRole. Source: IAM User Guide, "AWS global condition context keys". */
const contextOf = (tags: Assumption['tags']): RequestContext => ({
  ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [`aws:RequestTag/${name}`, [value]])),
  ...(Object.keys(tags).length > 0 && { 'aws:TagKeys': Object.keys(tags) }),
});

const trusts = ({ trust, arn }: RolePlan, caller: string, action: string, context: RequestContext): boolean => {
  const own = trust.filter(({ principals }) => principals.includes(caller));
  const statements = own.map((one) => ({ ...one, resources: [arn] }));
  return evaluate(statements, { action, resource: arn, context }) === 'allowed';
};

/** The action that is refused, with the reason; undefined when the role may be taken. Tags are passed by an action of their own. */
export function refusedAssumption(
  { accessKeyId, role, tags }: Assumption,
  callers: Pick<Callers, 'authorize' | 'roleOf'>,
  isTrusted: boolean,
): { readonly action: string; readonly reason: string } | undefined {
  const context = contextOf(tags);
  const actions = ['sts:AssumeRole', ...(Object.keys(tags).length > 0 ? ['sts:TagSession'] : [])];
  for (const action of actions) {
    const reason = callers.authorize({ accessKeyId, action, resource: role.arn, context });
    if (reason !== undefined) return { action, reason };
    if (!isTrusted && !trusts(role, callers.roleOf(accessKeyId), action, context))
      return { action, reason: 'because no resource-based policy allows the action' };
  }
  return undefined;
}
