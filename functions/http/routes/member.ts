import * as Invitation from '../../../core/invitation/index.ts';
import * as Member from '../../../core/member/index.ts';
import * as Project from '../../../core/project/index.ts';
import * as Tenancy from '../../../core/tenancy/index.ts';
import * as Tenant from '../../../core/tenant/index.ts';
import type { Routes } from './shape.ts';

/** Who belongs to a tenant and what he may: all that writes to the directory beside the tenant's own rows. */
export const memberRoutes: Routes = {
  'GET /tenants': { verb: Member.tenants },
  'GET /tenant': { verb: Tenant.get },
  'PATCH /tenant': { verb: Tenant.update },
  'POST /tenant/transfer': { verb: Member.transfer },
  'POST /tenant/close': { verb: Tenancy.close, status: 202 },
  'POST /tenant/reopen': { verb: Tenancy.reopen },
  'POST /tenant/leave': { verb: Member.leave },
  'GET /branding/{subdomain}': { verb: Tenant.branding },
  'GET /members': { verb: Member.list },
  'PUT /members/{id}': { verb: Member.changeRole },
  'DELETE /members/{id}': { verb: Member.remove },
  'POST /members/{id}/restore': { verb: Member.restore },
  'GET /invitations': { verb: Invitation.list },
  'POST /invitations': { verb: Invitation.create, status: 201 },
  'POST /invitations/accept': { verb: Invitation.accept },
  'DELETE /invitations/{id}': { verb: Invitation.revoke },
  'POST /invitations/{id}/resend': { verb: Invitation.resend },
  'POST /projects/{id}/share': { verb: Project.share },
};
