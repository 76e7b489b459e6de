// Every verb that changes what is there, generated from the routes: it takes the version it is based on, a stale one is refused with the
// current one, and the version grows with each change, so that nobody overwrites what he has not seen.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Settings from '../../core/ai/settings/index.ts';
import * as ApiKey from '../../core/apikey/index.ts';
import * as Asset from '../../core/asset/index.ts';
import * as Invitation from '../../core/invitation/index.ts';
import { joining } from '../../core/member/store.ts';
import { commit } from '../../core/platform/commit.ts';
import type { Ctx } from '../../core/platform/ctx.ts';
import { Failure } from '../../core/platform/failure.ts';
import * as Shot from '../../core/shot/index.ts';
import { jsonSchema, propertiesOf } from '../../functions/http/openapi/schema.ts';
import { routes } from '../../functions/http/routes.ts';
import { aStage, rowsOf, type Stage } from '../ai/stage.ts';
import { first, type Ids, inputOf } from '../kit/requests.ts';
import { aStock } from '../kit/stock.ts';
import { ticking } from '../kit/ticking.ts';

/** What makes something new, or changes nothing: there is no row that somebody else may have changed. */
const making = new Set([
  'invitation.create',
  'project.create',
  'file.upload',
  'script.create',
  'task.parse_script',
  'task.visual_prompt',
  'task.generate_shots',
  'task.extract_assets',
  'task.generate_script',
  'task.rewrite_script',
  'task.continue_script',
  'apikey.create',
  'asset.create',
  'shot.insert',
  'key.add',
  'comment.add',
  'platform.impersonate',
  'platform.onboard',
]);
/** Why the others take none. */
const without: Readonly<Record<string, string>> = {
  'mfa.reset': 'the authenticator of a person is kept by Cognito, which has no versions',
  'file.chunk': 'an upload is ended once, by its status',
  'file.callback': 'an upload is ended once, by its status',
  'task.cancel': 'the steps of a task in full swing change its row; it is ended once, by its status',
  'task.retry': 'a task that ended is begun again once, by its status and the claim on what it works on',
  'asset.undo': 'a change is undone once, and only where its assets are as it left them',
  'tenant.close':
    'an organisation is closed once, by its status; its name is typed, and it is taken back while it can be',
  'tenant.reopen': 'a closing is taken back once, by its status',
  'platform.retry_onboarding': 'an onboarding that failed is begun again once, by its status',
  'key.test': 'it notes how a try went; a key that was changed meanwhile stays untested',
};

const writing = routes
  .filter(({ method, route: { verb } }) => {
    const { needs, verbName } = verb;
    return method !== 'GET' && !verbName.startsWith('quote.') && (needs.endsWith(':write') || needs === 'platform');
  })
  .map((route) => [route.route.verb.verbName, route] as const);
const takesVersion = ([, { route }]: (typeof writing)[number]): boolean =>
  'version' in propertiesOf(jsonSchema(route.verb.input, 'input')).properties;
const versioned = writing.filter(takesVersion);

test('every verb that changes a row takes a version, or says why not', () => {
  const told = [...making, ...Object.keys(without)];
  expect(
    writing
      .filter((one) => !takesVersion(one))
      .map(([name]) => name)
      .toSorted(),
  ).toEqual(told.toSorted());
});

let s: Stage;
let admin: Ctx;
/** By verb: what its request names. */
let of: Readonly<Record<string, Record<string, unknown>>>;
let ids: Ids;

beforeAll(async () => {
  s = await aStage();
  ids = { ...(await aStock(s.ctx)), tenants: s.t.other.tenant };
  admin = { ...s.ctx, platform: { mfa: true } };
  of = await stocked();
});
afterAll(() => s.t.stop());

/** What the verbs are tried on beside the stock, so that none takes away what another needs. */
async function stocked(): Promise<typeof of> {
  const { ctx } = s;
  const owner = { id: ctx.actor.id, email: 'owner@example.com', name: '主人', role: 'owner' as const };
  const heir = { id: 'usr-heir', email: 'heir@example.com', name: '继任', role: 'editor' as const };
  for (const person of [owner, heir]) await commit(ctx, { rows: joining(ctx, person) });
  const projectId = ids.projects ?? '';
  const anAsset = (name: string, ...aliases: string[]) => Asset.create(ctx, { projectId, kind: 'prop', name, aliases });
  /** A proposal that waits: a merge that was taken back. */
  const aDecision = async (name: string) => {
    const [one, other] = [await anAsset(name), await anAsset(`${name}儿`)];
    await Asset.merge(ctx, { id: one.id, otherId: other.id });
    const { items } = await Asset.changes(ctx, { projectId });
    await Asset.undo(ctx, { id: first(items.filter(({ assetIds }) => assetIds.includes(one.id))).id });
    const { items: waiting } = await Asset.decisions(ctx, { projectId, size: 100 });
    return { id: first(waiting.filter(({ a, b }) => [a.assetId, b.assetId].includes(one.id))).id };
  };
  const invite = (at: number) => Invitation.create(ctx, { email: `guest-${at}@example.com`, role: 'viewer' });
  const key = await Settings.addKey(ctx, { provider: 'openai', label: '备用', key: 'sk-of-versions-0001' });
  const apiKey = await ApiKey.create(ctx, { name: 'one', scopes: ['project:read'] });
  const gone = await anAsset('旧灯');
  await Asset.remove(ctx, { id: gone.id });
  const { items: shots } = await Shot.shots(ctx, { id: ids.storyboards ?? '' });
  const spoken = first(shots.filter(({ lines }) => lines.length > 0));
  const others = shots.filter(({ id, sceneId }) => id !== spoken.id && sceneId !== spoken.sceneId);
  const pair = others.findIndex((shot, at) => others[at + 1]?.sceneId === shot.sceneId);
  const [left, right] = [others[pair]?.id, others[pair + 1]?.id];
  const [plain, locked] = others.filter(({ id }) => id !== left && id !== right);
  const person = { id: 'usr-viewer' };
  return {
    'member.change_role': { ...person, role: 'editor' },
    'member.remove': person,
    'member.restore': person,
    'member.transfer': { memberId: heir.id },
    'invitation.resend': { id: (await invite(1)).id },
    'invitation.revoke': { id: (await invite(2)).id },
    'apikey.rotate': { id: apiKey.id },
    'apikey.revoke': { id: apiKey.id },
    'asset.update': { id: (await anAsset('灯')).id, name: '新灯' },
    'asset.remove': { id: (await anAsset('锣')).id },
    'asset.restore': { id: gone.id },
    'asset.merge': { id: (await anAsset('伞')).id, otherId: (await anAsset('纸伞')).id },
    'asset.split': { id: (await anAsset('扇', '折扇')).id, forms: ['折扇'] },
    'decision.accept': await aDecision('镜'),
    'decision.reject': await aDecision('琴'),
    'shot.split': { id: spoken.id, beforeElementId: first(spoken.lines).elementId, at: 2 },
    'shot.merge': { id: left, withId: right },
    'shot.update': { id: plain?.id, note: '改' },
    'shot.move': { id: plain?.id, afterId: null },
    'shot.lock': { id: locked?.id, locked: true },
    'shot.remove': { id: plain?.id },
    'comment.restore': { id: ids.deletedComment },
    'script.restore': { id: ids.deletedScript },
    'project.restore': { id: ids.deletedProject },
    'project.purge': { id: ids.endedProject },
    ...Object.fromEntries(['key.update', 'key.rotate', 'key.remove'].map((name) => [name, { id: key.id }])),
    ...Object.fromEntries(
      ['suspend', 'resume', 'close', 'reopen', 'set_plan'].map((name) => [
        `platform.${name}`,
        { id: ids.tenants, reason: 'asked for by the studio', ...(name === 'set_plan' && { plan: 'pro' }) },
      ]),
    ),
  };
}

type Told = { readonly code: string; readonly current?: number; readonly answer?: unknown };

type Row = { readonly id: string; readonly version: number; readonly updatedAt: number };
const isRow = (one: object): one is Row => 'id' in one && 'version' in one && 'updatedAt' in one;
/** Rows that an answer tells, wherever they lie in it. */
const rowsIn = (answer: unknown): Row[] =>
  typeof answer === 'object' && answer !== null
    ? [...(isRow(answer) ? [answer] : []), ...Object.values(answer).flatMap(rowsIn)]
    : [];
/** Verbs whose answers told rows. */
const answering = new Set<string>();

const rowsWith = async (id: string) => (await rowsOf(s.ctx, '')).filter((row) => row.id === id);

async function tell([name, route]: (typeof versioned)[number], version: number): Promise<Told> {
  const { verb } = route.route;
  const input = { ...inputOf(route, ids), ...of[name], version };
  const ctx = ticking(verb.needs === 'platform' ? admin : s.ctx);
  try {
    const answer = await (verb as unknown as (ctx: Ctx, input: unknown) => Promise<unknown>)(ctx, input);
    return { code: 'done', answer };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { code: error.code, current: error.details.current_version as number };
  }
}

// what ends things comes last
const order = (name: string) =>
  name === 'project.remove' ? 3 : /restore|revoke|transfer/.test(name) ? 2 : /remove/.test(name) ? 1 : 0;
const inOrder = versioned.toSorted(([a], [b]) => order(a) - order(b));

/** What is not there any more, or cannot be done twice, is told as that. */
const ended = new Set([
  'NOT_FOUND',
  'INVITATION_INVALID',
  'ALREADY_DECIDED',
  'STATUS_REFUSED',
  'CLOSING_ALREADY',
  'MERGE_REFUSED',
  'FORBIDDEN',
]);

/** A project or script that was restored is not deleted, and says so. */
const isBack = ([name]: (typeof versioned)[number], code: string) =>
  code === 'CONFLICT' && ['project.restore', 'script.restore'].includes(name);

describe.each(inOrder)('%s', (...one) => {
  test('refuses a version that is not the current one, which it tells, takes each version once, and answers the row as it is kept', async () => {
    const { code, current = -1 } = await tell(one, 999_999);
    expect([code, current >= 0]).toEqual(['STALE_VERSION', true]);
    const { answer, ...done } = await tell(one, current);
    expect(done).toEqual({ code: 'done' });
    for (const { id, version, updatedAt } of rowsIn(answer)) {
      answering.add(one[0]);
      expect(await rowsWith(id)).toContainEqual(expect.objectContaining({ id, version, updatedAt }));
    }
    const again = await tell(one, current);
    if (!ended.has(again.code) && !isBack(one, again.code))
      expect(again).toEqual({ code: 'STALE_VERSION', current: current + 1 });
  });
});

test('most changes answer the row they made', () => {
  expect(answering.size).toBeGreaterThan(20);
});
