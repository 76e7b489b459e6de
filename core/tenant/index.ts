export {
  amending,
  entering,
  findBySubdomain,
  findEntry,
  freeingSubdomain,
  type TenantEntry,
  takingSubdomain,
  tombstone,
  unentering,
} from './directory.ts';
export { beganAt, listing, tenantsBefore, unlisting } from './listing.ts';
export { type FirstPlan, type Limits, limitsOf, type PlanName, planNames, planOf } from './plans.ts';
export { changePlan } from './quota/change-plan.ts';
export { mustBeLeft, releasing, reserving } from './quota/count.ts';
export { expire, hold, release, settlement } from './quota/hold.ts';
export { quotasOf } from './quota/store.ts';
export { usage } from './quota/usage.ts';
export { branding, get } from './read.ts';
export { readPlan } from './read-plan.ts';
export { Storage, Tenant, TenantLocale, TenantStatus } from './schema.ts';
export { changeStatus } from './status.ts';
export { find, founding, load, type NewTenant, saving, settling, shown, storage } from './store.ts';
export { isReserved, Subdomain } from './subdomain.ts';
export { update } from './update.ts';
