// Invitations: somebody is asked into a tenant, with a role there or in some projects.
import * as z from 'zod';
import { email } from '../identity/schema.ts';
import { PageInput, pageOf } from '../platform/page.ts';
import { projectRoles, roles } from '../platform/permission.ts';

export const InvitationStatus = z.enum(['open', 'accepted', 'revoked', 'expired']);

const Grant = z.object({ projectId: z.string().max(60), role: z.enum(projectRoles) });

const id = z.string().max(60);
export const Invite = z.object({
  email,
  /** In the whole organisation; a guest holds only in the projects named. */
  role: z.enum(roles).default('guest'),
  projects: z.array(Grant).max(20).default([]),
  /** Days until it can no longer be accepted. */
  days: z.coerce.number().int().min(1).max(30).default(7),
});
export const ChangeInvitation = z.object({ id, version: z.coerce.number().int().min(1).optional() });
export const Accept = z.object({ code: z.string().trim().min(1).max(100) });

export const Invitation = z.object({
  id: z.string(),
  email: z.string(),
  role: z.enum(roles),
  projects: z.array(Grant),
  status: InvitationStatus,
  invitedBy: z.string(),
  expiresAt: z.int(),
  version: z.int(),
  createdAt: z.int(),
});
export type Invitation = z.infer<typeof Invitation>;
export const InvitationPage = pageOf(Invitation);
export const ListInvitations = PageInput;

/** `code` is shown this once, for whoever would rather hand it over; only its hash is kept. `mailed`: whether the mail was taken. */
export const Invited = Invitation.extend({ code: z.string(), mailed: z.boolean() });
