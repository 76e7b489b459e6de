// Who calls the doors: each function by its own access key (its name), whoever holds session credentials by those, the cloud itself by a key that may do everything.
import { createHmac, randomBytes } from 'node:crypto';
import { Refusal } from '../refusal.ts';
import type { SecretOf } from '../signature/index.ts';
import type { FunctionPlan } from '../template/function.ts';
import type { RolePlan } from '../template/role.ts';
import { isOperator, type RequestContext } from './condition.ts';
import { evaluate } from './evaluate.ts';
import { makeSessions, type Sessions } from './session.ts';

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
  /** The secret of a key for this boot; of a session's key together with its token. Undefined for a key nobody has. Throws SignatureRefused ExpiredToken. */
  readonly secretOf: SecretOf;
  /** Why a call is refused, in the words AWS ends its sentence with; undefined when it is allowed. */
  readonly authorize: (call: Call) => string | undefined;
  /** The same for a role that acts itself: a state machine's, a schedule's. */
  readonly authorizeRole: (roleArn: string, action: string, resource: string) => string | undefined;
  /** The whole sentence of an AccessDeniedException. */
  readonly sentence: (call: Pick<Call, 'accessKeyId' | 'action' | 'resource'>, reason: string) => string;
  /** ARN of the role behind a key; empty for the cloud itself and for nobody. */
  readonly roleOf: (accessKeyId: string) => string;
  readonly sessions: Sessions;
};

/** Decisions a thread remembers: policies stand for the whole boot, and the same questions come again and again. */
const mostDecisions = 20_000;

type Question = Omit<Call, 'accessKeyId'>;

const judge = (roles: ReadonlyMap<string, RolePlan>, roleArn: string, call: Question): string | undefined => {
  const decision = evaluate(roles.get(roleArn)?.statements ?? [], { ...call, context: call.context ?? {} });
  if (decision === 'allowed') return undefined;
  return decision === 'explicitly denied'
    ? 'with an explicit deny in an identity-based policy'
    : `because no identity-based policy allows the ${call.action} action`;
};

const remembering = (roles: ReadonlyMap<string, RolePlan>) => {
  const decided = new Map<string, { readonly reason: string | undefined }>();
  return (roleArn: string, call: Question): string | undefined => {
    const { action, resource, context = {} } = call;
    const question = JSON.stringify([roleArn, action, resource, context]);
    const known = decided.get(question);
    if (known) return known.reason;
    const reason = judge(roles, roleArn, call);
    if (decided.size >= mostDecisions) decided.clear();
    decided.set(question, { reason });
    return reason;
  };
};

const checkOperators = (roles: readonly RolePlan[]): void => {
  for (const { name, statements, trust } of roles)
    for (const operator of [...statements, ...trust].flatMap(({ conditions }) => Object.keys(conditions)))
      if (!isOperator(operator)) {
        const advice = 'Teach it in local/iam/condition.ts, or write the policy without it.';
        throw new Refusal(
          'TEMPLATE_NOT_UNDERSTOOD',
          `Role ${name}: condition operator ${operator} is not understood. ${advice}`,
        );
      }
};

/** What policies may ask about the tags of a session. */
const tagsOf = (tags: Readonly<Record<string, string>>): RequestContext =>
  Object.fromEntries(Object.entries(tags).map(([name, value]) => [`aws:PrincipalTag/${name}`, [value]]));

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
  const sessions = makeSessions(seed);
  const reasonOf = remembering(new Map(roles.map((plan) => [plan.arn, plan])));
  const roleOf = (accessKeyId: string): string => sessions.of(accessKeyId)?.role ?? byName.get(accessKeyId)?.role ?? '';
  const secrets = new Map(
    [host, ...byName.keys()].map((id) => [id, createHmac('sha256', seed).update(id).digest('base64')]),
  );
  const secretOf: SecretOf = (id, token) => (token === undefined ? secrets.get(id) : sessions.secretOf(id, token));
  return {
    secretOf,
    authorize: ({ accessKeyId, ...call }) => {
      if (accessKeyId === host) return undefined;
      const tags = sessions.of(accessKeyId)?.tags;
      const context = tags ? { ...call.context, ...tagsOf(tags) } : call.context;
      return reasonOf(roleOf(accessKeyId), { ...call, ...(context && { context }) });
    },
    authorizeRole: (roleArn, action, resource) => reasonOf(roleArn, { action, resource }),
    sentence: ({ accessKeyId, action, resource }, reason) => {
      const role = roleOf(accessKeyId).split('/').at(-1) ?? '';
      const name = sessions.of(accessKeyId)?.name ?? accessKeyId;
      const user = `arn:aws:sts::000000000000:assumed-role/${role}/${name}`;
      return `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
    },
    roleOf,
    sessions,
  };
}
