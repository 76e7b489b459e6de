export { Storage, Tenant, TenantStatus } from './schema.ts';
export { founding, load, releasing, reserving, shown, storage } from './store.ts';
export { planOf } from './tenant.ts';
