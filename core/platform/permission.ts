// Who may do what: role × scope. The one table; HTTP, docs and tests read it.

/** `guest` holds only in projects that are shared with it; the others hold in the whole tenant. */
export const roles = ['owner', 'admin', 'producer', 'editor', 'viewer', 'guest'] as const;
export type Role = (typeof roles)[number];

/** What a share may make somebody in one project. */
export const projectRoles = ['producer', 'editor', 'viewer', 'guest'] as const;
export type ProjectRole = (typeof projectRoles)[number];

export const nouns = [
  'tenant',
  'member',
  'project',
  'file',
  'script',
  'task',
  'asset',
  'storyboard',
  'comment',
  'audit',
] as const;
export type Noun = (typeof nouns)[number];
export type Scope = `${Noun}:${'read' | 'write'}`;

/** What a verb asks for: a scope; `self`: any member, for what is his own; `platform`: those who run the platform. */
export type Needs = Scope | 'self' | 'platform';

/** Every scope there is. */
export const scopes: readonly Scope[] = nouns.flatMap((noun): Scope[] =>
  noun === 'audit' ? ['audit:read'] : [`${noun}:read`, `${noun}:write`],
);

/** Nouns whose rows lie in a project: a role in that project is enough for them. */
const inProjects: ReadonlySet<Noun> = new Set(['project', 'file', 'script', 'task', 'asset', 'storyboard', 'comment']);

/** Whether a scope is about things of a project. */
export const isOfProject = (needs: Needs): boolean => inProjects.has(needs.split(':')[0] as Noun);

/** What everybody of the tenant may see; what people did is for those who lead it. */
const reads = scopes.filter((scope) => scope.endsWith(':read') && scope !== 'audit:read');
const editing: Scope[] = [
  'file:write',
  'script:write',
  'task:write',
  'asset:write',
  'storyboard:write',
  'comment:write',
];

const granted: Record<Role, ReadonlySet<Scope>> = {
  owner: new Set(scopes),
  admin: new Set(scopes),
  producer: new Set([...reads, ...editing, 'project:write']),
  editor: new Set([...reads, ...editing]),
  viewer: new Set([...reads, 'comment:write']),
  guest: new Set([
    'project:read',
    'file:read',
    'script:read',
    'task:read',
    'asset:read',
    'storyboard:read',
    'comment:read',
    'comment:write',
  ]),
};

/** Whether the role holds the scope; an unknown role holds nothing. */
export const may = (role: string, scope: Scope): boolean => granted[role as Role]?.has(scope) ?? false;
