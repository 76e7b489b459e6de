import { type OffboardInput, offboard } from '../../../core/tenancy/offboard/index.ts';
import { hangUp } from '../../runtime/push.ts';
import { tenancyHandler } from '../../runtime/tenancy-step.ts';

export const handler = tenancyHandler({ kind: 'system', id: 'offboarding' }, (ctx, input: OffboardInput) =>
  offboard(ctx, input, (connection) => hangUp(ctx, ctx.tenant, connection)),
);
