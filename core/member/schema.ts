// People: who they are, how they sign in, what they are answered.
import * as z from 'zod';
import { code, email, password } from '../identity/schema.ts';
import { displayName } from '../platform/name.ts';
import { PageInput, pageOf } from '../platform/page.ts';
import { roles } from '../platform/permission.ts';
import { Tenant } from '../tenant/index.ts';

export const Role = z.enum(roles);

export const Register = z.object({
  email,
  password,
  name: displayName(100),
  tenantName: displayName(100).optional(),
  /** Code of an invitation: the person joins that organisation instead of founding one. */
  invitation: z.string().trim().min(1).max(100).optional(),
});
export type Register = z.infer<typeof Register>;

export const Confirm = z.object({ email, code });
export const Resend = z.object({ email });
/** `name` and `session` as the challenge told them; `answer`: the code of the authenticator, or the new password. */
export const AnswerChallenge = z.object({
  email,
  name: z.enum(['SOFTWARE_TOKEN_MFA', 'NEW_PASSWORD_REQUIRED']),
  session: z.string().min(1).max(4096),
  answer: z.string().min(1).max(256),
});
export type AnswerChallenge = z.infer<typeof AnswerChallenge>;
export const Login = z.object({ email, password });
const tenantId = z.string().max(60);
/** `account`: the access token may change password, address and second factor. */
export const Refresh = z.object({
  refresh: z.string().min(1).max(8192),
  tenantId: tenantId.optional(),
  account: z.boolean().optional(),
});
export const Switch = z.object({ refresh: z.string().min(1).max(8192), tenantId });
export const Logout = z.object({ refresh: z.string().min(1).max(8192).optional() });

/** `expiresIn`: seconds the access token lives. */
export const Token = z.object({ access: z.string(), refresh: z.string(), expiresIn: z.int() });
export type Token = z.infer<typeof Token>;

/** What Cognito asks next instead of tokens, such as a code of an authenticator app. */
export const Challenge = z.object({ name: z.string(), session: z.string() });
export type Challenge = z.infer<typeof Challenge>;

export const User = z.object({ id: z.string(), email: z.string(), name: z.string() });
export const SignedUser = User.extend({ tenantId: z.string(), role: Role });

export const Registered = z.object({
  user: SignedUser.partial({ id: true, tenantId: true, role: true }),
  token: Token.optional(),
  confirmationRequired: z.boolean(),
});
export const LoggedIn = z.object({
  token: Token.optional(),
  user: SignedUser.optional(),
  challenge: Challenge.optional(),
});

/** The person's fields stand in `user` and beside it: clients of either reading exist. Storage in bytes. */
export const Me = SignedUser.extend({
  user: SignedUser,
  isActive: z.boolean(),
  lastLogin: z.int().nullable(),
  tenant: Tenant,
  plan: z.string(),
  credits: z.int(),
  quotaTotal: z.int(),
  quotaUsed: z.int(),
  quotaPercent: z.number(),
});

/** `removed`: by somebody, who can take it back; `left`: by himself. */
export const MemberStatus = z.enum(['active', 'removed', 'left']);

export const Member = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: Role,
  status: MemberStatus,
  lastLogin: z.int().nullable(),
  version: z.int(),
  createdAt: z.int(),
  updatedAt: z.int(),
});
export type Member = z.infer<typeof Member>;

const id = z.string().max(60);
const version = z.coerce.number().int().min(1).optional();
export const ChangeRole = z.object({ id, version, role: Role });
export const RemoveMember = z.object({ id, version });
export const RestoreMember = z.object({ id, version });
/** `version`: of the member who gets it. */
export const Transfer = z.object({ memberId: id, version });
export const ListMembers = PageInput.extend({ removed: z.stringbool().or(z.boolean()).default(false) });
export const MemberPage = pageOf(Member);
