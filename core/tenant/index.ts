export { findEntry } from './directory.ts';
export { limitsOf, type PlanName, planOf } from './plans.ts';
export { releasing, reserving } from './quota/count.ts';
export { expire, hold, release, settlement } from './quota/hold.ts';
export { branding, get } from './read.ts';
export { Storage, Tenant, TenantStatus } from './schema.ts';
export { founding, load, shown, storage } from './store.ts';
export { update } from './update.ts';
