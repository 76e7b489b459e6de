export { close, resume, setPlan, suspend } from './change.ts';
export { impersonate } from './impersonation.ts';
export { audit, health } from './records.ts';
export { members, tenant } from './tenant.ts';
export { tenants } from './tenants.ts';
