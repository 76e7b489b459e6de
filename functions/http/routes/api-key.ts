import * as ApiKey from '../../../core/apikey/index.ts';
import type { Routes } from './shape.ts';

export const apiKeyRoutes: Routes = {
  'GET /api-keys': { verb: ApiKey.list },
  'POST /api-keys': { verb: ApiKey.create, status: 201 },
  'POST /api-keys/{id}/rotate': { verb: ApiKey.rotate },
  'DELETE /api-keys/{id}': { verb: ApiKey.revoke },
};
