import * as Settings from '../../../core/ai/settings/index.ts';
import * as Tenant from '../../../core/tenant/index.ts';
import type { Routes } from './shape.ts';

export const settingsRoutes: Routes = {
  'GET /settings/providers': { verb: Settings.listProviders },
  'GET /settings/health': { verb: Settings.health },
  'GET /settings/models': { verb: Settings.listModels },
  'GET /settings/keys': { verb: Settings.listKeys },
  'POST /settings/keys': { verb: Settings.addKey, status: 201 },
  'PUT /settings/keys/{id}': { verb: Settings.updateKey },
  'DELETE /settings/keys/{id}': { verb: Settings.removeKey },
  'POST /settings/keys/{id}/rotate': { verb: Settings.rotateKey },
  'POST /settings/keys/{id}/test': { verb: Settings.testKey },
  'GET /settings/policy': { verb: Settings.getPolicy },
  'PUT /settings/policy': { verb: Settings.setPolicy },
  'GET /settings/policy/{use}': { verb: Settings.getUse },
  'PUT /settings/policy/{use}': { verb: Settings.setUse },
  'GET /settings/prompts': { verb: Settings.listPrompts },
  'GET /settings/prompts/{name}': { verb: Settings.getPrompt },
  'PUT /settings/prompts/{name}': { verb: Settings.setPrompt },
  'GET /settings/prompts/{name}/editions': { verb: Settings.listEditions },
  'POST /settings/prompts/{name}/roll-back': { verb: Settings.rollBackPrompt },
  'GET /tenant/plan': { verb: Tenant.readPlan },
  'GET /tenant/usage': { verb: Tenant.usage },
  'GET /settings/usage': { verb: Settings.usageOfDays },
};
