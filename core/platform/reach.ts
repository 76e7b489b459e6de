// What is within reach of whoever acts: at the door of a verb, and again with the project of each row that is loaded, listed or written.
// A role holds in the whole tenant, a guest's only in the projects shared with him; a share may give more in one project than the role does.
import type { Ctx } from './ctx.ts';
import { Failure, notFound } from './failure.ts';
import { isOfProject, may, type Needs, type Role, type Scope } from './permission.ts';

type Who = Pick<Ctx, 'role' | 'reach' | 'needs' | 'judged' | 'verb'>;

/** Projects that may be shared with one person; as many as a token's context carries and one filter names. */
export const maxShares = 100;

/** Lets a verb begin. Throws FORBIDDEN when neither the role nor any share holds what it needs; MFA_REQUIRED, TENANT_SUSPENDED, TENANT_CLOSING. */
export function admit(
  { role, reach = {}, readOnly, mfaMissing }: Pick<Ctx, 'role' | 'reach' | 'readOnly' | 'mfaMissing'>,
  needs: Needs,
): void {
  if (needs === 'self') return;
  if (mfaMissing) throw new Failure('MFA_REQUIRED');
  const shared = isOfProject(needs) ? Object.values(reach) : [];
  if (![role, ...shared].some((held) => may(held, needs))) throw new Failure('FORBIDDEN', { role, needs });
  if (readOnly && needs.endsWith(':write'))
    throw new Failure(readOnly === 'suspended' ? 'TENANT_SUSPENDED' : 'TENANT_CLOSING');
}

/** Roles that hold in a project: the tenant's, unless it is a guest's, and the share's. */
const rolesIn = ({ role, reach }: Who, project: string): Role[] => {
  const shared = reach?.[project];
  return [...(role === 'guest' ? [] : [role]), ...(shared ? [shared] : [])];
};

const asked = ({ judged }: Who): void => {
  if (judged) judged.reach = true;
};

/** Whether the running verb may have a row of this project. The system reaches everything. */
export function reaches(who: Who, project: string): boolean {
  asked(who);
  const { needs } = who;
  return !needs || needs === 'self' || rolesIn(who, project).some((held) => may(held, needs));
}

/** Whether another scope than the one the running verb needs holds in a project, for what more it gives there. */
export const holdsIn = (who: Who, project: string, scope: Scope): boolean =>
  rolesIn(who, project).some((held) => may(held, scope));

/** Throws NOT_FOUND for a project out of reach, as if it did not exist; FORBIDDEN where it may be read and not what the verb needs. */
export function within(who: Who, project: string): void {
  if (reaches(who, project)) return;
  const [role] = rolesIn(who, project);
  if (!role) throw notFound();
  throw new Failure('FORBIDDEN', { role, needs: who.needs });
}

/** Whether what the running verb needs holds in the whole tenant: no list has to be narrowed then. */
export function everywhere(who: Who): boolean {
  asked(who);
  const { role, needs } = who;
  return !needs || needs === 'self' || (role !== 'guest' && may(role, needs));
}

/** For what belongs to no project. Throws FORBIDDEN when only shares hold what the verb needs. */
export function throughout(who: Who): void {
  if (!everywhere(who)) throw new Failure('FORBIDDEN', { role: who.role, needs: who.needs });
}

/** The projects whose rows the running verb may have, where they are not all; for the filter of a list. */
export function projectsWithin(who: Who): string[] | 'all' {
  if (everywhere(who)) return 'all';
  return Object.keys(who.reach ?? {}).filter((project) => reaches(who, project));
}

/** Throws when a verb about things of projects has not asked what is within reach. */
export function mustBeJudged({ needs, judged, verb }: Who): void {
  if (needs && isOfProject(needs) && !judged?.reach)
    throw new Error(`${verb} answers things of projects without asking whether they are within reach`);
}
