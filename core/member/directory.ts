// What the directory knows of people: who somebody is, and what he is in which tenant. Tokens are written and judged by it.
import { Entity } from 'electrodb';
import { patching, putting, removing, type Write } from '../platform/commit.ts';
import type { Ctx, OpenCtx } from '../platform/ctx.ts';
import { Failure, notFound } from '../platform/failure.ts';
import { byUser, json, text } from '../platform/keys.ts';
import { everythingOn } from '../platform/page.ts';
import type { ProjectRole, Role } from '../platform/permission.ts';
import { maxShares } from '../platform/reach.ts';
import { type RowKey, together } from '../platform/together.ts';
import { entryKey, type TenantEntry } from '../tenant/directory.ts';

/** A person, and the tenant last worked in: new tokens are for that one where nothing else is asked. */
export type Person = {
  user: string;
  email: string;
  name: string;
  tenant: string;
  /** Has an authenticator app as second factor, and its name. */
  mfa?: boolean | undefined;
  app?: string | undefined;
};

/** A person in a tenant. `projects`: those shared with him, and what each makes of him there. */
export type Membership = {
  user: string;
  tenant: string;
  role: Role;
  projects: Record<string, ProjectRole>;
  isActive: boolean;
};

export const PersonEntity = new Entity({
  model: { entity: 'directory-user', version: '1', service: 'scriptloom' },
  attributes: {
    user: text,
    email: text,
    name: text,
    tenant: text,
    mfa: { type: 'boolean' },
    app: { type: 'string' },
  },
  indexes: { primary: { pk: byUser, sk: { field: 'sk', composite: [], template: 'ENTRY', casing: 'none' } } },
});

export const MembershipEntity = new Entity({
  model: { entity: 'directory-membership', version: '1', service: 'scriptloom' },
  attributes: {
    user: text,
    tenant: text,
    role: text,
    projects: json,
    isActive: { type: 'boolean', required: true },
  },
  indexes: {
    primary: { pk: byUser, sk: { field: 'sk', composite: ['tenant'], template: 'IN#${tenant}', casing: 'none' } },
  },
});

type Asking = Pick<OpenCtx, 'stores'>;

/** The person behind a Cognito user; undefined when the registration was never finished. */
export async function findPerson({ stores }: Asking, user: string): Promise<Person | undefined> {
  const { data } = await PersonEntity.get({ user }).go({ ...stores.directory, consistent: true });
  return (data as Person | null) ?? undefined;
}

/** What a person is in a tenant, whether it still holds or not. */
export async function findMembership({ stores }: Asking, user: string, tenant: string) {
  const { data } = await MembershipEntity.get({ user, tenant }).go({ ...stores.directory, consistent: true });
  return (data as Membership | null) ?? undefined;
}

/** All tenants a person is or was in. */
export const membershipsOf = (ctx: Asking, user: string): Promise<Membership[]> =>
  everythingOn<Membership>(
    ctx.stores.directory,
    MembershipEntity.query.primary({ user }).begins({ tenant: '' }),
    MembershipEntity,
  );

/** What a token is written from: the person, and the one membership it is for. */
export type Entry = Person & Membership;

/**
 * The membership a person's next token is for: in `wanted`, else where he worked last, else any that holds. Undefined when the
 * registration was never finished. An entry that is not active: he is switched off there, or belongs nowhere.
 */
export async function entryOf(ctx: Asking, user: string, wanted?: string): Promise<Entry | undefined> {
  const person = await findPerson(ctx, user);
  if (!person) return undefined;
  const asked = await findMembership(ctx, user, wanted ?? person.tenant);
  if (asked?.isActive) return { ...person, ...asked };
  const held = wanted === undefined ? (await membershipsOf(ctx, user)).find(({ isActive }) => isActive) : undefined;
  const none = { role: 'guest' as const, projects: {}, isActive: false, tenant: wanted ?? person.tenant };
  return { ...person, ...(held ?? asked ?? none) };
}

/** What holds at this moment for a person in a tenant, for whoever lets requests in. Undefined: he never was in it, or it is not there; not active: he is in it no more. */
export async function standingOf({ stores }: Asking, user: string, tenant: string) {
  const { table } = stores.directory;
  const keys = [
    MembershipEntity.get({ user, tenant }).params<{ Key: RowKey }>({ table }).Key,
    PersonEntity.get({ user }).params<{ Key: RowKey }>({ table }).Key,
    entryKey({ stores }, tenant),
  ];
  const [row, person, entry] = await together(stores.directory, keys);
  if (!row || !entry) return undefined;
  const { isActive, role, projects } = row as Membership;
  return { isActive, role, projects, tenant: entry as unknown as TenantEntry, mfa: person?.mfa === true };
}

/**
 * The person's own row. `known`: what is there already, of which the second factor stays; the commit throws EMAIL_TAKEN when somebody
 * registers him at the same moment.
 */
export function personWriting(
  { stores: { directory } }: Ctx,
  person: Omit<Person, 'mfa' | 'app'>,
  known: Pick<Person, 'tenant'> | undefined,
): Write {
  const taken = () => new Failure('EMAIL_TAKEN');
  if (!known) return putting(directory, PersonEntity.create(person), taken);
  const { user, ...now } = person;
  const next = PersonEntity.patch({ user }).set(now);
  return patching(
    directory,
    next.where(({ tenant }, { eq }) => eq(tenant, known.tenant)),
    taken,
  );
}

/** Notes where a person works, for the next token. */
export const workingIn = (ctx: Ctx, user: string, tenant: string): Write =>
  patching(ctx.stores.directory, PersonEntity.patch({ user }).set({ tenant }));

/** What a person is in ctx.tenant, from now on. */
export const belonging = (ctx: Ctx, membership: Omit<Membership, 'tenant'>): Write =>
  putting(ctx.stores.directory, MembershipEntity.put({ ...membership, tenant: ctx.tenant }));

/** A person was never in ctx.tenant. */
export const unbelonging = (ctx: Ctx, user: string): Write =>
  removing(ctx.stores.directory, MembershipEntity.delete({ user, tenant: ctx.tenant }));

/** Changes what a person is in ctx.tenant. */
export const reassigning = (ctx: Ctx, user: string, change: Partial<Pick<Membership, 'role' | 'isActive'>>): Write =>
  patching(ctx.stores.directory, MembershipEntity.patch({ user, tenant: ctx.tenant }).set(change));

/** The person who acts. Throws NOT_FOUND for callers who are no person, such as keys. */
export async function personOf(ctx: Ctx): Promise<Person> {
  const person = await findPerson(ctx, ctx.actor.id);
  if (!person) throw notFound();
  return person;
}

/** The person has an authenticator app as second factor from now on. */
export const withApp = (ctx: Ctx, user: string, app: string): Write =>
  patching(ctx.stores.directory, PersonEntity.patch({ user }).set({ mfa: true, app }));

/** The person has no second factor any more. */
export const withoutApp = (ctx: Ctx, user: string): Write =>
  patching(ctx.stores.directory, PersonEntity.patch({ user }).set({ mfa: false }).remove(['app']));

/** The person's address is another now. */
export const personMoving = (ctx: Ctx, user: string, email: string): Write =>
  patching(ctx.stores.directory, PersonEntity.patch({ user }).set({ email }));

/** Whom a tenant may ask for a second factor. */
export const leads = (role: Role): boolean => role === 'owner' || role === 'admin';

/** What a project makes of a person from now on; `undefined`: it is not shared with him any more. The commit throws TOO_MANY_SHARES. */
export function sharing(ctx: Ctx, user: string, project: string, role: ProjectRole | undefined): Write {
  const { table } = ctx.stores.directory;
  const { Key } = MembershipEntity.get({ user, tenant: ctx.tenant }).params<{ Key: RowKey }>({ table });
  const ExpressionAttributeNames = { '#projects': 'projects', '#project': project };
  const at = { TableName: table, Key, ExpressionAttributeNames };
  if (role === undefined)
    return {
      item: {
        Update: {
          ...at,
          UpdateExpression: 'REMOVE #projects.#project',
          ConditionExpression: 'attribute_exists(#projects)',
        },
      },
      refused: notFound,
    };
  const item = {
    Update: {
      ...at,
      UpdateExpression: 'SET #projects.#project = :role',
      ConditionExpression:
        'attribute_exists(#projects) AND (attribute_exists(#projects.#project) OR size(#projects) < :most)',
      ExpressionAttributeValues: { ':role': role, ':most': maxShares },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    },
  };
  return { item, refused: (row) => (row ? new Failure('TOO_MANY_SHARES', { limit: maxShares }) : notFound()) };
}
