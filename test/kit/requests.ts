// For every route of the registry one request that a person with the right ids could make.
import { claimsOf } from '../../core/identity/token.ts';
import { toCamel } from '../../core/platform/case.ts';
import { type ListedRoute, routes } from '../../functions/http/routes.ts';
import type { Person } from './client.ts';
import { aMember, brokenDown, ended } from './client.ts';
import { drama } from './drama.ts';
import { startModels } from './models/index.ts';

/** Ids of one tenant's things, by the noun a path names them with, and those that bodies name. */
export type Ids = Readonly<Record<string, string>>;

/** Verbs whose requests name nothing that belongs to somebody. */
export const ownVerbs: ReadonlySet<string> = new Set([
  'member.me',
  'member.logout',
  'password.change',
  'email.change',
  'email.confirm',
  'mfa.get',
  'mfa.enrol',
  'mfa.confirm',
  'mfa.disable',
  'session.list',
  'member.tenants',
  'member.list',
  'member.leave',
  'tenant.get',
  'tenant.update',
  'tenant.close',
  'tenant.reopen',
  'invitation.list',
  'invitation.create',
  'invitation.accept',
  'project.list',
  'project.create',
  'task.list',
  'file.usage',
  'socket.open_ticket',
  'tenant.plan',
  'tenant.usage',
  'apikey.list',
  'apikey.create',
  'provider.list',
  'provider.health',
  'model.list',
  'key.list',
  'key.add',
  'policy.get',
  'policy.set',
  'policy.get_use',
  'policy.set_use',
  'prompt.list',
  'prompt.get',
  'prompt.set',
  'prompt.editions',
  'prompt.roll_back',
  'usage.totals',
  'audit.list',
  'audit.verify',
  'audit.export',
]);

/** What paths name that is the same for everybody. */
const common: Ids = { policy: 'extract', prompts: 'extract' };

const bodies: Readonly<Record<string, (ids: Ids) => Record<string, unknown>>> = {
  // what would end the sign-in these tests go on with is asked for wrongly
  'member.logout': () => ({ refresh: '' }),
  'password.change': () => ({ current: 'Not-The-One-2026!', password: 'Quiet-Harbor-77?' }),
  'email.change': () => ({ email: 'canary@example.com', password: 'Not-The-One-2026!' }),
  'email.confirm': () => ({ code: '000000' }),
  'mfa.confirm': () => ({ code: '000000', name: 'phone' }),
  'mfa.disable': () => ({ password: 'Not-The-One-2026!', code: '000000' }),
  'member.switch': (ids) => ({ tenant_id: ids.tenant, refresh: 'nonsense' }),
  'member.change_role': () => ({ version: 1, role: 'viewer' }),
  'member.transfer': (ids) => ({ member_id: ids.members }),
  'tenant.update': () => ({ version: 1, name: '改名' }),
  'tenant.close': () => ({ confirm: '不是这个名字', password: 'Not-The-One-2026!' }),
  'invitation.create': () => ({ email: `guest-${Math.random()}@example.com`, role: 'viewer' }),
  'invitation.accept': () => ({ code: 'nonsense' }),
  'comment.add': (ids) => ({ subject_id: ids.shots, text: '这里慢一点' }),
  'comment.update': () => ({ version: 1, text: '改' }),
  'apikey.create': () => ({ name: `key ${Math.random()}`, scopes: ['project:read'] }),
  'project.create': () => ({ title: `新剧 ${Math.random()}` }),
  'project.update': () => ({ version: 1, title: '改名' }),
  'project.share': (ids) => ({ member_id: ids.member, access: 'edit' }),
  'file.upload': (ids) => ({ ...aFile, project_id: ids.projects }),
  'file.chunk': (ids) => ({ action: 'parts', file_id: ids.file }),
  'file.callback': (ids) => ({ file_id: ids.file, upload_status: 'failed' }),
  'script.create': (ids) => ({ project_id: ids.projects, raw_text: drama }),
  'script.revise': () => ({ raw_text: drama }),
  'task.parse_script': (ids) => ({ project_id: ids.projects, script_id: ids.scripts, rerun: true }),
  'task.generate_script': (ids) => ({ project_id: ids.projects, idea: '灯塔', genre: '悬疑', episodes: 1 }),
  'quote.generate_script': (ids) => ({ project_id: ids.projects, idea: '灯塔', genre: '悬疑', episodes: 1 }),
  'task.rewrite_script': (ids) => ({
    project_id: ids.projects,
    script_id: ids.scripts,
    episodes: [1],
    instruction: '短',
  }),
  'quote.rewrite_script': (ids) => ({
    project_id: ids.projects,
    script_id: ids.scripts,
    episodes: [1],
    instruction: '短',
  }),
  'task.continue_script': (ids) => ({ project_id: ids.projects, script_id: ids.scripts, episodes: 1 }),
  'quote.continue_script': (ids) => ({ project_id: ids.projects, script_id: ids.scripts, episodes: 1 }),
  'task.generate_shots': (ids) => ({ project_id: ids.projects, episode_id: ids.episodes, rerun: true }),
  'task.visual_prompt': (ids) => ({ project_id: ids.projects, asset_id: ids.assets, provider: 'builtin' }),
  'quote.visual_prompt': (ids) => ({ project_id: ids.projects, shot_id: ids.shots, provider: 'builtin' }),
  'task.extract_assets': () => ({ rerun: true }),
  'quote.parse_script': (ids) => ({ project_id: ids.projects, script_id: ids.scripts }),
  'quote.generate_shots': (ids) => ({ project_id: ids.projects, episode_id: ids.episodes }),
  'asset.create': (ids) => ({ project_id: ids.projects, kind: 'prop', name: '火把' }),
  'asset.update': () => ({ version: 1, name: '改名' }),
  'asset.merge': (ids) => ({ other_id: ids.otherAsset }),
  'asset.split': () => ({ forms: ['林晚'] }),
  'shot.insert': () => ({ content: { title: '新镜头' } }),
  'shot.update': () => ({ version: 1, note: '改' }),
  'shot.lock': () => ({ locked: true }),
  'shot.move': () => ({ after_id: null }),
  'shot.split': (ids) => ({ before_element_id: ids.element }),
  'shot.merge': (ids) => ({ with_id: ids.otherShot }),
  'key.add': () => ({ provider: 'openai', label: '备用', key: 'sk-canary-isolation-0001' }),
  'key.update': () => ({ version: 1, on: false }),
  'key.rotate': () => ({ version: 1, key: 'sk-canary-isolation-0002' }),
  'policy.set': () => ({ version: 0, drafts: true }),
  'policy.set_use': () => ({ version: 0, models: [] }),
  'prompt.set': () => ({ version: 0, system: '', user: '{{language}} {{known}} {{script}}' }),
  'prompt.roll_back': () => ({ version: 0, edition: 0 }),
};

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const queries: Readonly<Record<string, () => string>> = {
  'usage.totals': () => `?from=${dayOf(Date.now() - 86_400_000)}&to=${dayOf(Date.now())}&by=model`,
};

const aFile = { file_name: 'a.txt', file_type: 'script', file_size: 10, content_type: 'text/plain' };

/** Lists that ask for a project. */
const byProject = (route: ListedRoute): boolean =>
  route.method === 'GET' && !route.path.includes('{') && !ownVerbs.has(route.route.verb.verbName);

/** Path below /api/v1 and body of the request of a route with these ids. */
export function requestOf(route: ListedRoute, ids: Ids): { path: string; body: Record<string, unknown> | undefined } {
  const filled = route.path
    .replace('/api/v1', '')
    .replace(/\/([\w-]+)\/\{(\w+)\}/g, (_, noun: string) => `/${noun}/${common[noun] ?? ids[noun] ?? '1'}`);
  const body = bodies[route.route.verb.verbName]?.(ids);
  const needsBody = ['POST', 'PUT', 'PATCH'].includes(route.method);
  const query = byProject(route) ? `?project_id=${ids.projects}` : (queries[route.route.verb.verbName]?.() ?? '');
  return {
    path: `${filled}${query}`,
    body: needsBody ? (body ?? {}) : undefined,
  };
}

/** The same request as a verb takes it. */
export function inputOf(route: ListedRoute, ids: Ids): Record<string, unknown> {
  const { path, body = {} } = requestOf(route, ids);
  const [place = '', query = ''] = path.split('?');
  const parts = place.split('/');
  const inPath = Object.fromEntries(
    route.path
      .replace('/api/v1', '')
      .split('/')
      .flatMap((part, at) => (part.startsWith('{') ? [[part.slice(1, -1), parts[at]]] : [])),
  );
  return toCamel({ ...Object.fromEntries(new URLSearchParams(query)), ...body, ...inPath }) as Record<string, unknown>;
}

/** The lists that page by cursor. Walking the audit chain goes in parts larger than what is here. */
export const lists = routes.filter(
  ({ method, route }) =>
    method === 'GET' &&
    route.verb.verbName !== 'audit.verify' &&
    route.verb.needs !== 'platform' &&
    'cursor' in ((route.verb.input as { shape?: object }).shape ?? {}),
);

/** A tenant with two of everything that can be listed, and the ids of it all. */
export async function stocked(person: Person): Promise<Ids> {
  const { client, user } = person;
  const { project, task } = await brokenDown(person, '雨巷', drama);
  if (task.status !== 'completed') throw new Error(`the breakdown ended ${task.status}: ${task.error_message}`);
  const project_id = project.id;
  const again = await client.taskParseScript({ project_id, script_id: task.script_id, rerun: true });
  await ended(person, again.task_id);
  await client.projectCreate({ title: '第二部' });
  await client.scriptCreate({ project_id, raw_text: drama, title: '第二稿' });
  await client.scriptRevise({ id: task.script_id, raw_text: drama });
  const file = await client.fileUpload({ ...aFile, file_type: 'script', project_id });
  const { items: people } = await client.assetList({ project_id, kind: 'character', size: 100 });
  for (const asset of people.filter(({ forms }) => forms.length > 1).slice(0, 2))
    await client.assetSplit({ id: asset.id, forms: asset.aliases.slice(0, 1) });
  const [changes, decisions, snapshots, episodes] = await Promise.all([
    client.assetChanges({ project_id }),
    client.decisionList({ project_id, status: 'rejected' }),
    client.snapshotList({ project_id }),
    client.episodeList({ project_id }),
  ]);
  const joined = await aMember(person, 'viewer');
  const invitation = await client.invitationCreate({ email: joined.email.replace('@', '-2@'), role: 'viewer' });
  const [comment] = [
    await client.commentAdd({ subject_id: first(people).id, text: '青瓷茶壶' }),
    await client.commentAdd({ subject_id: first(episodes.items).id, text: '雨巷' }),
  ];
  const [apiKey] = [
    await client.apikeyCreate({ name: 'one', scopes: ['project:read'] }),
    await client.apikeyCreate({ name: 'two', scopes: ['project:read'] }),
  ];
  const asked = await modelsAsked(person, first(episodes.items).id);
  const board = await client.storyboardOfEpisode({ id: first(episodes.items).id });
  const { items: shots } = await client.storyboardShots({ id: board.id });
  return {
    projects: project_id,
    ...asked,
    'api-keys': apiKey.id,
    scripts: task.script_id,
    episodes: first(episodes.items).id,
    assets: first(people).id,
    otherAsset: first(people.slice(1)).id,
    'asset-decisions': first(decisions.items).id,
    'asset-changes': first(changes.items).id,
    snapshots: first(snapshots.items).id,
    storyboards: board.id,
    shots: first(shots).id,
    otherShot: first(shots.slice(1)).id,
    element: first(first(shots).element_ids),
    url: file.file_id,
    file: file.file_id,
    sessions: sessionOf(person),
    member: joined.user.id ?? '',
    members: joined.user.id ?? '',
    invitations: invitation.id,
    comments: comment.id,
    tenant: user.tenant_id ?? '',
  };
}

const sessionOf = ({ token }: Person): string => claimsOf(token.access).session;

/** A key of a server of one's own, a task that asked it twice, another model's use, and two editions of a prompt. */
async function modelsAsked({ client }: Person, episode: string): Promise<Ids> {
  const models = await startModels({ reply: nothingToAdd });
  const key = await client.keyAdd({
    provider: 'openai',
    label: '自有服务',
    key: 'sk-canary-isolation-own',
    base_url: models.baseUrl('openai'),
  });
  models.next('wrong-schema');
  const work = { id: episode, rerun: true, provider: 'openai', model_config: { text_model: 'mine' } };
  const { task_id } = await client.taskExtractAssets(work);
  await ended({ client } as Person, task_id);
  await client.keyTest({ id: key.id, model: 'other' });
  await models.close();
  for (const version of [0, 1])
    await client.promptSet({
      name: 'extract',
      version,
      system: `${version}`,
      user: '{{language}} {{known}} {{script}}',
    });
  const now = dayOf(Date.now());
  const groups = async () =>
    (await client.usageTotals({ from: dayOf(Date.now() - 86_400_000), to: now, by: 'model' })).items;
  for (let tries = 0; (await groups()).length < 2; tries++) {
    if (tries > 100) throw new Error('usage is not added up');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { tasks: task_id, keys: key.id };
}

/** A model that finds nothing beyond what is known. */
const nothingToAdd = ({ schema }: { schema?: { properties?: unknown } | undefined }) =>
  schema ? Object.fromEntries(Object.keys(schema.properties ?? {}).map((name) => [name, []])) : 'ready';

export function first<T>(items: T[]): T {
  const [item] = items;
  if (item === undefined) throw new Error('there is none');
  return item;
}
