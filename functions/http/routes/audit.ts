import * as Audit from '../../../core/audit/index.ts';
import type { Routes } from './shape.ts';

export const auditRoutes: Routes = {
  'GET /audit': { verb: Audit.list },
  'GET /audit/verify': { verb: Audit.verify },
  'POST /audit/export': { verb: Audit.exported },
};
