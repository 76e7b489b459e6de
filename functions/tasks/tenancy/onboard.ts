import { onboard } from '../../../core/tenancy/onboard/index.ts';
import { tenancyHandler } from '../../runtime/tenancy-step.ts';

export const handler = tenancyHandler({ kind: 'platform', id: 'Scriptloom' }, onboard);
