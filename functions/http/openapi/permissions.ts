// The permission table as people read it, generated from the one in core/platform/permission.ts and the verbs of the routes.
import { isOfProject, may, projectRoles, roles, scopes } from '../../../core/platform/permission.ts';
import type { ListedRoute } from '../routes.ts';

/** Which scopes each role holds; for the description of the API, and the console by it. */
export const rolesOf = () =>
  Object.fromEntries(roles.map((role) => [role, scopes.filter((scope) => may(role, scope))]));

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const marks = (needs: string) =>
  roles.map((role) => (needs === 'self' || needs === 'public' || may(role, needs as never) ? '✓' : ''));

/** docs/permissions.md. */
export function permissionsDocument(routes: readonly ListedRoute[]): string {
  const verbs = routes
    .map(({ method, path, route: { verb } }) => ({ method, path: path.replace('/api/v1', ''), verb }))
    .sort((a, b) => (a.verb.verbName < b.verb.verbName ? -1 : 1));
  return `# Who may do what

Written by \`npm run api\` from \`core/platform/permission.ts\` and the verbs; a test fails when it has drifted.

Roles of a member hold in the whole organisation, but for \`guest\`: it holds in the projects shared with the guest, and nowhere else. A share
gives a role in one project (${projectRoles.map((role) => `\`${role}\``).join(', ')}); there, what either role gives holds. What is out of reach answers 404, like what does not exist; lists leave it out.
Scopes marked ◦ are about things of projects: a share is enough for them. The others need the role in the organisation.
Owners are made, lowered and removed by owners alone; one always stays. While an organisation is suspended or being closed, every \`:write\` is refused.

## Scopes

${table(
  ['scope', ...roles],
  scopes.map((scope) => [`\`${scope}\`${isOfProject(scope) ? ' ◦' : ''}`, ...marks(scope)]),
)}

## Verbs

\`self\`: any member, for what is his own. \`public\`: nobody need be signed in. \`platform\`: those who run the platform, with a second factor.

${table(
  ['verb', 'call', 'needs', ...roles],
  verbs.map(({ method, path, verb: { verbName, needs } }) => [
    `\`${verbName}\``,
    `\`${method} ${path}\``,
    `\`${needs}\``,
    ...marks(needs),
  ]),
)}
`;
}
