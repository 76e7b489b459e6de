// Who may give which role. Pure.
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import type { Role } from '../platform/permission.ts';

/** Owners are made, lowered and removed by owners alone. Throws FORBIDDEN. */
export function mustAssign({ role }: Pick<Ctx, 'role'>, ...given: (Role | null)[]): void {
  if (role !== 'owner' && given.includes('owner')) throw new Failure('FORBIDDEN', { role, needs: 'owner' });
}
