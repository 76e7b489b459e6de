// `npm run -s tenant-id`: a fresh id for a line of lib/tenants.ts.
import { newTenantId } from '../core/platform/id.ts';

console.log(newTenantId(Date.now()));
