// Who calls the doors: each function by its own access key (its name), the cloud itself by one that may do everything.
import { createHmac, randomBytes } from 'node:crypto';
import { Refusal } from '../refusal.ts';
import type { FunctionPlan } from '../template/function.ts';
import type { RolePlan } from '../template/role.ts';
import { isOperator, type RequestContext } from './condition.ts';
import { evaluate } from './evaluate.ts';

/** Access key id of the cloud's own work: making tables, reading streams and queues. */
export const host = 'local-cloud';

export type Call = {
  readonly accessKeyId: string;
  /** `s3:GetObject` */
  readonly action: string;
  /** ARN */
  readonly resource: string;
  /** Condition keys of the request, e.g. `dynamodb:LeadingKeys`. */
  readonly context?: RequestContext;
};

export type Callers = {
  /** The secret of a key for this boot; undefined for a key nobody has. */
  readonly secretOf: (accessKeyId: string) => string | undefined;
  /** Why a call is refused, in the words AWS ends its sentence with; undefined when it is allowed. */
  readonly authorize: (call: Call) => string | undefined;
  /** The same for a role that acts itself: a state machine's, a schedule's. */
  readonly authorizeRole: (roleArn: string, action: string, resource: string) => string | undefined;
  /** The whole sentence of an AccessDeniedException. */
  readonly sentence: (call: Call, reason: string) => string;
};

const reasonOf = (
  roles: ReadonlyMap<string, RolePlan>,
  roleArn: string,
  call: Omit<Call, 'accessKeyId'>,
): string | undefined => {
  const decision = evaluate(roles.get(roleArn)?.statements ?? [], { ...call, context: call.context ?? {} });
  if (decision === 'allowed') return undefined;
  return decision === 'explicitly denied'
    ? 'with an explicit deny in an identity-based policy'
    : `because no identity-based policy allows the ${call.action} action`;
};

const checkOperators = (roles: readonly RolePlan[]): void => {
  for (const { name, statements } of roles)
    for (const operator of statements.flatMap(({ conditions }) => Object.keys(conditions)))
      if (!isOperator(operator)) {
        const advice = 'Teach it in local/iam/condition.ts, or write the policy without it.';
        throw new Refusal(
          'TEMPLATE_NOT_UNDERSTOOD',
          `Role ${name}: condition operator ${operator} is not understood. ${advice}`,
        );
      }
};

/**
 * `seed` makes the secrets: the same in every thread of one boot, another at each boot.
 * Throws TEMPLATE_NOT_UNDERSTOOD for a condition operator that is not known.
 */
export function makeCallers(
  functions: readonly FunctionPlan[],
  roles: readonly RolePlan[],
  seed: Uint8Array = randomBytes(32),
): Callers {
  checkOperators(roles);
  const byName = new Map(functions.map((plan) => [plan.name, plan]));
  const byArn = new Map(roles.map((plan) => [plan.arn, plan]));
  const secrets = new Map(
    [host, ...byName.keys()].map((id) => [id, createHmac('sha256', seed).update(id).digest('base64')]),
  );
  const roleOf = (accessKeyId: string): string => byName.get(accessKeyId)?.role ?? '';
  return {
    secretOf: (id) => secrets.get(id),
    authorize: ({ accessKeyId, ...call }) =>
      accessKeyId === host ? undefined : reasonOf(byArn, roleOf(accessKeyId), call),
    authorizeRole: (roleArn, action, resource) => reasonOf(byArn, roleArn, { action, resource }),
    sentence: ({ accessKeyId, action, resource }, reason) => {
      const role = roleOf(accessKeyId).split('/').at(-1) ?? '';
      const user = `arn:aws:sts::000000000000:assumed-role/${role}/${accessKeyId}`;
      return `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
    },
  };
}
