// Who may do what: role × scope. The one table; HTTP, docs and tests read it.

export const roles = ['owner', 'admin', 'producer', 'editor', 'viewer'] as const;
export type Role = (typeof roles)[number];

export const nouns = ['tenant', 'member', 'project', 'file', 'script', 'task', 'asset', 'storyboard'] as const;
export type Scope = `${(typeof nouns)[number]}:${'read' | 'write'}`;

const reads = nouns.map((noun): Scope => `${noun}:read`);
const editing: Scope[] = ['file:write', 'script:write', 'task:write', 'asset:write', 'storyboard:write'];

const granted: Record<Role, ReadonlySet<Scope>> = {
  owner: new Set([...reads, ...editing, 'project:write', 'member:write', 'tenant:write']),
  admin: new Set([...reads, ...editing, 'project:write', 'member:write', 'tenant:write']),
  producer: new Set([...reads, ...editing, 'project:write']),
  editor: new Set([...reads, ...editing]),
  viewer: new Set(reads),
};

/** Whether the role holds the scope; an unknown role holds nothing. */
export const may = (role: string, scope: Scope): boolean => granted[role as Role]?.has(scope) ?? false;
