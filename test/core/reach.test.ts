// Every verb about things of a project, against somebody of another tenant, against somebody of the tenant whose projects do not hold this
// one, and against somebody with whom it is shared. Generated from the routes: a verb that forgets to ask what is within reach is found here.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ctx } from '../../core/platform/ctx.ts';
import { isOfProject, may, projectRoles } from '../../core/platform/permission.ts';
import type { AnyVerb } from '../../core/platform/verb.ts';
import * as Project from '../../core/project/index.ts';
import { routes } from '../../functions/http/routes.ts';
import { aStage, type Stage } from '../ai/stage.ts';
import { type Ids, inputOf } from '../kit/requests.ts';
import { aStock } from '../kit/stock.ts';

let s: Stage;
let ids: Ids;
let elsewhere: string;

beforeAll(async () => {
  s = await aStage();
  ids = await aStock(s.ctx);
  elsewhere = (await Project.create(s.ctx, { title: '别的剧' })).id;
});
afterAll(() => s.t.stop());

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

/** What can be restored, by the verb that does. */
const deleted: Record<string, Ids> = {};
beforeAll(() => {
  deleted['comment.restore'] = { comments: ids.deletedComment ?? '' };
  deleted['script.restore'] = { scripts: ids.deletedScript ?? '' };
  deleted['project.restore'] = { projects: ids.deletedProject ?? '' };
  deleted['project.purge'] = { projects: ids.endedProject ?? '' };
});

test.each(shared)('%s: in a shared project holds what the share gives, and no more', async (name, route) => {
  const { verb } = route.route;
  // the least first: who is refused has changed nothing
  const of = { ...ids, ...deleted[name] };
  for (const role of projectRoles.toReversed()) {
    const guest = s.as({ ...s.t.as('guest'), reach: { [of.projects ?? '']: role } });
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
