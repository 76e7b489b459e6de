// Every verb about things of a project, against somebody of another tenant, against somebody of the tenant whose projects do not hold this
// one, and against somebody with whom it is shared. Generated from the routes: a verb that forgets to ask what is within reach is found here.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Asset from '../../core/asset/index.ts';
import * as Comment from '../../core/comment/index.ts';
import * as Episode from '../../core/episode/index.ts';
import * as File from '../../core/file/index.ts';
import { joining } from '../../core/member/store.ts';
import { commit } from '../../core/platform/commit.ts';
import type { Ctx } from '../../core/platform/ctx.ts';
import { isOfProject, may, projectRoles } from '../../core/platform/permission.ts';
import type { AnyVerb } from '../../core/platform/verb.ts';
import * as Project from '../../core/project/index.ts';
import * as Shot from '../../core/shot/index.ts';
import * as Snapshot from '../../core/snapshot/index.ts';
import { routes } from '../../functions/http/routes.ts';
import { aStage, type Stage } from '../ai/stage.ts';
import { drama } from '../kit/drama.ts';
import { first, type Ids, inputOf } from '../kit/requests.ts';
import { aBreakdown } from '../kit/run.ts';

let s: Stage;
let ids: Ids;
let elsewhere: string;

beforeAll(async () => {
  s = await aStage();
  ids = await stock();
  elsewhere = (await Project.create(s.ctx, { title: '别的剧' })).id;
});
afterAll(() => s.t.stop());

/** One of everything in a project. */
async function stock(): Promise<Ids> {
  const { project: projectId, task } = await aBreakdown(s.ctx, '雨巷', drama);
  const { items: people } = await Asset.list(s.ctx, { projectId, kind: 'character', size: 100 });
  const many = people.find(({ forms }) => forms.length > 1);
  if (!many) throw new Error('nobody has two names');
  await Asset.split(s.ctx, { id: many.id, forms: many.aliases.slice(0, 1) });
  const { fileId } = await File.upload(s.ctx, {
    projectId,
    fileName: 'a.txt',
    fileType: 'script',
    fileSize: 10,
    contentType: 'text/plain',
  });
  const [changes, decisions, snapshots, episodes] = await Promise.all([
    Asset.changes(s.ctx, { projectId }),
    Asset.decisions(s.ctx, { projectId, status: 'rejected' }),
    Snapshot.list(s.ctx, { projectId }),
    Episode.list(s.ctx, { projectId }),
  ]);
  const episode = first(episodes.items).id;
  const board = await Shot.ofEpisode(s.ctx, { id: episode });
  const { items: shots } = await Shot.shots(s.ctx, { id: board.id });
  const comment = await Comment.add(s.ctx, { subjectId: episode, text: '这里慢一点' });
  const deleted = await Comment.add(s.ctx, { subjectId: episode, text: '不说了' });
  await Comment.remove(s.ctx, { id: deleted.id });
  const member = { id: 'usr-viewer', email: 'viewer@example.com', name: '观众', role: 'viewer' as const };
  await commit(s.ctx, { rows: joining(s.ctx, member) });
  return {
    projects: projectId,
    tasks: task.id,
    scripts: task.scriptId,
    episodes: episode,
    assets: first(people).id,
    otherAsset: first(people.slice(1)).id,
    'asset-decisions': first(decisions.items).id,
    'asset-changes': first(changes.items).id,
    snapshots: first(snapshots.items).id,
    storyboards: board.id,
    shots: first(shots).id,
    otherShot: first(shots.slice(1)).id,
    element: first(first(shots).elementIds),
    url: fileId,
    file: fileId,
    comments: comment.id,
    deletedComment: deleted.id,
    member: member.id,
  };
}

/** Lists that go over all projects, and what belongs to the tenant as a whole: they are narrowed, or refused. */
const throughout: Readonly<Record<string, 'narrowed' | 'refused' | 'open'>> = {
  'project.list': 'narrowed',
  'task.list': 'narrowed',
  'project.create': 'refused',
  'file.usage': 'refused',
  // what it opens is told by what is within reach (test/core/socket)
  'socket.open_ticket': 'open',
};

type Answer = { readonly code: string; readonly answer?: unknown };
async function asked(verb: AnyVerb, ctx: Ctx, input: unknown): Promise<Answer> {
  try {
    return {
      code: 'answered',
      answer: await (verb as unknown as (ctx: Ctx, input: unknown) => Promise<unknown>)(ctx, input),
    };
  } catch (error) {
    return { code: (error as { code?: string }).code ?? String(error) };
  }
}

const ofProjects = routes
  .filter(({ route }) => route.verb.needs !== 'public' && isOfProject(route.verb.needs))
  .map((route) => [route.route.verb.verbName, route] as const);

/** Not one of the ids stands in an answer. */
const hidden = (answer: unknown): void => {
  for (const id of Object.values(ids).filter((one) => one.includes('_')))
    expect(JSON.stringify(answer) ?? '').not.toContain(id);
};

// first of all, so that what they are refused is still there
describe.each(ofProjects)('%s', (name, route) => {
  const { verb } = route.route;

  test('does not find what is of a project out of reach', async () => {
    const guest = s.as({ ...s.t.as('guest'), reach: { [elsewhere]: 'producer' } });
    const { code, answer } = await asked(verb, guest, inputOf(route, ids));
    const kind = throughout[name];
    expect(code).toBe(kind === undefined ? 'NOT_FOUND' : kind === 'refused' ? 'FORBIDDEN' : 'answered');
    hidden(answer);
  });

  test("does not find another tenant's", async () => {
    const { code, answer } = await asked(verb, s.as(s.t.other), inputOf(route, ids));
    expect(code).toBe(throughout[name] === undefined ? 'NOT_FOUND' : 'answered');
    hidden(answer);
  });
});

// what ends things comes last
const order = (name: string) => (name === 'project.remove' ? 2 : /remove|cancel/.test(name) ? 1 : 0);
const shared = ofProjects.filter(([name]) => throughout[name] === undefined).sort(([a], [b]) => order(a) - order(b));

test.each(shared)('%s: in a shared project holds what the share gives, and no more', async (name, route) => {
  const { verb } = route.route;
  // the least first: who is refused has changed nothing
  const of = name === 'comment.restore' ? { ...ids, comments: ids.deletedComment ?? '' } : ids;
  for (const role of projectRoles.toReversed()) {
    const guest = s.as({ ...s.t.as('guest'), reach: { [ids.projects ?? '']: role } });
    const holds = may(role, verb.needs as never);
    const { code } = await asked(verb, guest, inputOf(route, of));
    if (!holds) expect([role, code]).toEqual([role, 'FORBIDDEN']);
    else {
      expect([role, code]).not.toEqual([role, 'FORBIDDEN']);
      expect([role, code]).not.toEqual([role, 'NOT_FOUND']);
      return;
    }
  }
});

test('a higher share elsewhere gives nothing here: what may be read may not be written', async () => {
  const both = { [ids.projects ?? '']: 'viewer' as const, [elsewhere]: 'producer' as const };
  const { id } = await Project.create(s.ctx, { title: '第三部' });
  const guest = { ...s.t.as('guest'), reach: { ...both, [id]: 'viewer' as const } };
  const { code } = await asked(Project.update, guest, { id, version: 1, title: '改' });
  expect(code).toBe('FORBIDDEN');
  expect((await Project.get(guest, { id })).title).toBe('第三部');
});
