// AssumeRole. Shapes, limits and texts: AWS Security Token Service API Reference, AssumeRole; IAM User Guide, "Pass session tags in AWS STS".
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { refusedAssumption } from '../iam/assume.ts';
import { type Callers, host } from '../iam/callers.ts';
import type { RolePlan } from '../template/role.ts';
import { StsFailure } from './failure.ts';

/** Seconds. A session taken with another session (role chaining) lasts an hour at most, and so does one of a function's role. */
const [shortest, longest] = [900, 3600];

const Name = z.string().regex(/^[\w+=,.@-]{2,64}$/, 'must satisfy regular expression pattern: [\\w+=,.@-]{2,64}');
const Key = z.string().regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u, 'must be a tag key of 1 to 128 characters');
const Value = z.string().regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u, 'must be a tag value of at most 256 characters');

const Input = z.strictObject({
  RoleArn: z.string().min(20).max(2048),
  RoleSessionName: Name,
  DurationSeconds: z.coerce.number().int().min(shortest).default(longest),
  Tags: z.array(z.strictObject({ Key, Value })).max(50).default([]),
});

/** `Tags.member.1.Key=…` and its like, as an object. */
const inputOf = (form: URLSearchParams): unknown => {
  const tags: Record<string, Record<string, string>> = {};
  const rest: Record<string, string> = {};
  for (const [name, value] of form) {
    const [, at, member] = /^Tags\.member\.(\d+)\.(\w+)$/.exec(name) ?? [];
    if (at && member) tags[at] = { ...tags[at], [member]: value };
    else if (name !== 'Action' && name !== 'Version') rest[name] = value;
  }
  const Tags = Object.keys(tags)
    .sort((a, b) => Number(a) - Number(b))
    .map((at) => tags[at]);
  return { ...rest, Tags };
};

const read = (form: URLSearchParams): z.output<typeof Input> => {
  const parsed = Input.safeParse(inputOf(form));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const at = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : (issue?.path.map(String).join('.') ?? '');
    throw new StsFailure('ValidationError', `1 validation error detected: Value at '${at}' failed: ${issue?.message}`);
  }
  if (parsed.data.DurationSeconds <= longest) return parsed.data;
  const message = 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.';
  throw new StsFailure('ValidationError', message);
};

export type AssumedRole = {
  readonly AssumedRoleUser: { readonly AssumedRoleId: string; readonly Arn: string };
  readonly Credentials: {
    readonly AccessKeyId: string;
    readonly SecretAccessKey: string;
    readonly SessionToken: string;
    readonly Expiration: string;
  };
};

/** Credentials of the role for its caller. Throws StsFailure ValidationError or AccessDenied; a role that is not there is one nobody may take. */
export function assumeRole(
  form: URLSearchParams,
  accessKeyId: string,
  { callers, roles }: { readonly callers: Callers; readonly roles: ReadonlyMap<string, RolePlan> },
): AssumedRole {
  const { RoleArn, RoleSessionName, DurationSeconds, Tags } = read(form);
  const role = roles.get(RoleArn) ?? { arn: RoleArn, name: '', statements: [], trust: [] };
  const tags = Object.fromEntries(Tags.map(({ Key: name, Value: value }) => [name, value]));
  if (Object.keys(tags).length < Tags.length)
    throw new StsFailure('InvalidParameterValue', 'Duplicate tag keys found. Please note that Tag keys are case insensitive.'); // biome-ignore format: one sentence
  const refused = refusedAssumption({ accessKeyId, role, tags }, callers, accessKeyId === host && roles.has(RoleArn));
  if (refused) {
    const { action, reason } = refused;
    throw new StsFailure('AccessDenied', callers.sentence({ accessKeyId, action, resource: RoleArn }, reason));
  }
  // an Expiration on the wire has no fraction of a second
  const ends = Math.floor(Date.now() / 1000 + DurationSeconds) * 1000;
  const issued = callers.sessions.issue({ role: RoleArn, name: RoleSessionName, tags, ends });
  return {
    AssumedRoleUser: {
      AssumedRoleId: `AROA${randomBytes(8).toString('hex').toUpperCase()}:${RoleSessionName}`,
      Arn: `${RoleArn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${RoleSessionName}`,
    },
    Credentials: {
      AccessKeyId: issued.accessKeyId,
      SecretAccessKey: issued.secretAccessKey,
      SessionToken: issued.sessionToken,
      Expiration: new Date(ends).toISOString().replace('.000Z', 'Z'),
    },
  };
}
