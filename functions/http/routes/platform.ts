import * as Admin from '../../../core/admin/index.ts';
import type { Routes } from './shape.ts';

export const platformRoutes: Routes = {
  'GET /platform/tenants': { verb: Admin.tenants },
  'GET /platform/tenants/{id}': { verb: Admin.tenant },
  'GET /platform/tenants/{id}/members': { verb: Admin.members },
  'POST /platform/tenants/{id}/suspend': { verb: Admin.suspend },
  'POST /platform/tenants/{id}/resume': { verb: Admin.resume },
  'POST /platform/tenants/{id}/close': { verb: Admin.close },
  'PUT /platform/tenants/{id}/plan': { verb: Admin.setPlan },
  'POST /platform/tenants/{id}/impersonate': { verb: Admin.impersonate, status: 201 },
  'GET /platform/audit': { verb: Admin.audit },
  'GET /platform/health': { verb: Admin.health },
};
