export { resume, setPlan, suspend } from './change.ts';
export { close, closure, reopen } from './close.ts';
export { health } from './health.ts';
export { impersonate } from './impersonation.ts';
export { onboard, onboarding, onboardings, retryOnboarding } from './onboard.ts';
export { audit, tenantAudit, verifyAudit } from './records.ts';
export { members, tenant } from './tenant.ts';
export { tenants } from './tenants.ts';
