// What is within reach of whoever acts: at the door of a verb, and again with the project of each row that is loaded, listed or written.
// A role holds in the whole tenant, a guest's only in the projects shared with him; a share may give more in one project than the role does.
import type { Ctx } from './ctx.ts';
import { Failure, notFound } from './failure.ts';
import { isOfProject, may, type Needs, type Role, type Scope } from './permission.ts';
import { words } from './words.ts';

type Who = Pick<Ctx, 'role' | 'reach' | 'key' | 'needs' | 'judged' | 'verb'>;

/** Projects that may be shared with one person; as many as a token's context carries and one filter names. */
export const maxShares = 100;

/**
 * Lets a verb begin. Throws FORBIDDEN when neither the role nor any share holds what it needs; MFA_REQUIRED, PLATFORM_MFA_REQUIRED,
 * TENANT_ONBOARDING, TENANT_SUSPENDED, TENANT_CLOSING, READ_ONLY_SESSION. `evenClosing`: what a tenant may still do that is closing.
 */
export function admit(
  who: Pick<Ctx, 'role' | 'reach' | 'key' | 'readOnly' | 'mfaMissing' | 'platform'>,
  needs: Needs,
  evenClosing = false,
): void {
  const { role, reach = {}, key, readOnly, mfaMissing } = who;
  // whoever looks at a tenant for the platform is none of its people: he has nothing of his own there
  if (needs === 'self' && readOnly === 'looking') throw new Failure('READ_ONLY_SESSION');
  if (needs === 'self' && !key) return;
  if (needs === 'platform') {
    admitPlatform(who);
    return;
  }
  if (mfaMissing) throw new Failure('MFA_REQUIRED');
  const shared = isOfProject(needs) ? Object.values(reach) : [];
  const holds = key ? holdsKey(key, needs) : [role, ...shared].some((held) => !isOwn(needs) && may(held, needs));
  if (!holds) throw new Failure('FORBIDDEN', { role: roleOf(who), needs });
  if (readOnly === 'closing' && evenClosing) return;
  if (readOnly && (readOnly === 'onboarding' || needs.endsWith(':write'))) throw new Failure(readOnlyCodes[readOnly]);
}

const readOnlyCodes = {
  onboarding: 'TENANT_ONBOARDING',
  suspended: 'TENANT_SUSPENDED',
  closing: 'TENANT_CLOSING',
  looking: 'READ_ONLY_SESSION',
} as const;

/** Whoever runs the platform has a second factor. */
function admitPlatform(who: Pick<Ctx, 'role' | 'key' | 'platform'>): void {
  if (!who.platform || who.key) throw new Failure('FORBIDDEN', { role: roleOf(who), needs: 'platform' });
  if (!who.platform.mfa) throw new Failure('PLATFORM_MFA_REQUIRED');
}

const holdsKey = ({ scopes }: NonNullable<Ctx['key']>, needs: Needs): boolean =>
  scopes.some((scope) => scope === needs);

const holdsKeyIn = (key: NonNullable<Ctx['key']>, project: string, needs: Needs): boolean =>
  holdsKey(key, needs) && (key.projects?.includes(project) ?? true);

/** What somebody acts as, as a refusal tells it. */
const roleOf = ({ role, key }: Pick<Ctx, 'role' | 'key'>) => (key ? words('API 密钥', 'an API key') : role);

/** Roles that hold in a project: the tenant's, unless it is a guest's, and the share's. */
const rolesIn = ({ role, reach }: Who, project: string): Role[] => {
  const shared = reach?.[project];
  return [...(role === 'guest' ? [] : [role]), ...(shared ? [shared] : [])];
};

/** Whether a need is none of a role. */
const isOwn = (needs: Needs): needs is 'self' | 'platform' => needs === 'self' || needs === 'platform';

const asked = ({ judged }: Who): void => {
  if (judged) judged.reach = true;
};

/** Whether the running verb may have a row of this project. The system reaches everything. */
export function reaches(who: Who, project: string): boolean {
  asked(who);
  const { needs, key } = who;
  if (key && needs) return holdsKeyIn(key, project, needs);
  return !needs || isOwn(needs) || rolesIn(who, project).some((held) => may(held, needs));
}

/** Whether another scope than the one the running verb needs holds in a project, for what more it gives there. */
export const holdsIn = (who: Who, project: string, scope: Scope): boolean =>
  who.key ? holdsKeyIn(who.key, project, scope) : rolesIn(who, project).some((held) => may(held, scope));

/** Throws NOT_FOUND for a project out of reach, as if it did not exist; FORBIDDEN where it may be read and not what the verb needs. */
export function within(who: Who, project: string): void {
  if (reaches(who, project)) return;
  const [role] = who.key ? [] : rolesIn(who, project);
  if (!role) throw notFound();
  throw new Failure('FORBIDDEN', { role, needs: who.needs });
}

/** Whether what the running verb needs holds in the whole tenant: no list has to be narrowed then. */
export function everywhere(who: Who): boolean {
  asked(who);
  const { role, needs, key } = who;
  if (key && needs) return !key.projects && holdsKey(key, needs);
  return !needs || isOwn(needs) || (role !== 'guest' && may(role, needs));
}

/** For what belongs to no project. Throws FORBIDDEN when only shares hold what the verb needs. */
export function throughout(who: Who): void {
  if (!everywhere(who)) throw new Failure('FORBIDDEN', { role: roleOf(who), needs: who.needs });
}

/** The projects whose rows the running verb may have, where they are not all; for the filter of a list. */
export function projectsWithin(who: Who): string[] | 'all' {
  if (everywhere(who)) return 'all';
  return [...(who.key?.projects ?? Object.keys(who.reach ?? {}))].filter((project) => reaches(who, project));
}

/** Throws when a verb about things of projects has not asked what is within reach. */
export function mustBeJudged({ needs, judged, verb }: Who): void {
  if (needs && isOfProject(needs) && !judged?.reach)
    throw new Error(`${verb} answers things of projects without asking whether they are within reach`);
}
