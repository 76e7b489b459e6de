import * as Admin from '../../../core/admin/index.ts';
import type { Routes } from './shape.ts';

export const platformRoutes: Routes = {
  'GET /platform/tenants': { verb: Admin.tenants },
  'GET /platform/tenants/{id}': { verb: Admin.tenant },
  'GET /platform/tenants/{id}/members': { verb: Admin.members },
  'POST /platform/tenants/{id}/suspend': { verb: Admin.suspend },
  'POST /platform/tenants/{id}/resume': { verb: Admin.resume },
  'POST /platform/tenants/{id}/close': { verb: Admin.close },
  'POST /platform/tenants/{id}/reopen': { verb: Admin.reopen },
  'GET /platform/tenants/{id}/closure': { verb: Admin.closure },
  'GET /platform/tenants/{id}/audit': { verb: Admin.tenantAudit },
  'GET /platform/tenants/{id}/audit/verify': { verb: Admin.verifyAudit },
  'PUT /platform/tenants/{id}/plan': { verb: Admin.setPlan },
  'POST /platform/tenants/{id}/impersonate': { verb: Admin.impersonate, status: 201 },
  'POST /platform/onboardings': { verb: Admin.onboard, status: 202 },
  'GET /platform/onboardings': { verb: Admin.onboardings },
  'GET /platform/onboardings/{id}': { verb: Admin.onboarding },
  'POST /platform/onboardings/{id}/retry': { verb: Admin.retryOnboarding, status: 202 },
  'GET /platform/audit': { verb: Admin.audit },
  'GET /platform/health': { verb: Admin.health },
};
