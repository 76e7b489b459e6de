// The audit and the control plane on the running cloud: lines of what people did, linked by the stream; and those who run the platform.
import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { type ProofRecord, prove } from '../../core/audit/proof.ts';
import { codeAt } from '../../local/cognito/totp.ts';
import { aMember, aPerson, clientOf, forAccount, type Person, password, said } from '../kit/client.ts';

let studio: Person;
let admin: Person;
beforeAll(async () => {
  [studio, admin] = await Promise.all([aPerson('studio'), aPerson('platform')]);
});

async function accessOf({ email }: Person, secret?: string): Promise<string> {
  const { token, challenge } = await clientOf().memberLogin({ email, password });
  if (token) return token.access;
  // of the next half minute: the one of this has been used
  const answer = codeAt(secret ?? '', Date.now() + 30_000);
  const { name, session } = challenge ?? { name: '', session: '' };
  const next = await clientOf().memberChallenge({ email, name: name as 'SOFTWARE_TOKEN_MFA', session, answer });
  return next.token?.access ?? '';
}

describe('the audit', () => {
  test('tells what was done and refused, from where, and its chain is whole', async () => {
    const { client } = studio;
    const project = await client.projectCreate({ title: '青瓷' });
    expect((await admin.send('GET', `/projects/${project.id}`)).status).toBe(404);
    expect((await studio.send('GET', '/projects/prj_none')).status).toBe(404);
    const { items } = await client.auditList({ object: project.id });
    expect(items).toMatchObject([{ verb: 'project.create', actor: studio.user.id, after: { title: '青瓷' } }]);
    expect(items[0]?.ip).toMatch(/^(127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)$/);
    const refusedOf = async (person: Person) => (await person.client.auditList({ verb: 'access.refused' })).items;
    expect(await refusedOf(studio)).toMatchObject([{ object: 'prj_none', after: { refused: 'NOT_FOUND', count: 1 } }]);
    expect(await refusedOf(admin)).toMatchObject([{ object: project.id, after: { verb: 'project.get', count: 1 } }]);
    for (let tries = 0; (await client.auditVerify({})).waiting > 0; tries++) {
      if (tries > 100) throw new Error('lines are not linked');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const verified = await client.auditVerify({});
    expect(verified).toMatchObject({ state: 'intact', unlinked: 0 });
    expect(verified.lines).toBeGreaterThan(2);
    const { presigned_url, next_cursor } = await client.auditExport({ format: 'jsonl' });
    const file = await (await fetch(presigned_url)).text();
    const records = file
      .trimEnd()
      .split('\n')
      .map((row) => JSON.parse(row) as ProofRecord);
    expect([prove(records), next_cursor]).toMatchObject([
      { whole: true, absent: 0, head: { n: verified.head.block } },
      null,
    ]);
  });
});

describe('a token that opens nothing any more', () => {
  const refusalsOf = async (owner: Person, user: string) =>
    (await owner.client.auditList({ verb: 'access.refused', actor: user })).items;

  test('of a member who was removed is refused, and told to the organisation he was in', async () => {
    const owner = await aPerson('keeper');
    const gone = await aMember(owner, 'editor');
    await owner.client.memberRemove({ id: gone.user.id ?? '' });
    await expect(gone.client.projectList({})).rejects.toMatchObject({ code: 'INVALID_TOKEN' });
    const after = { verb: 'project.list', refused: 'INVALID_TOKEN', count: 1 };
    expect(await refusalsOf(owner, gone.user.id ?? '')).toMatchObject([{ ip: expect.any(String), after }]);
    // whoever goes on with it is stopped by a limit of his own, and takes nothing from those who are still there
    const answers = await Promise.all(Array.from({ length: 120 }, () => gone.send('GET', '/projects')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401, 429]));
    const { headers } = await owner.send('GET', '/projects');
    expect(Number(headers.get('ratelimit-limit'))).toBeGreaterThan(100);
  });

  test('of a sign-in that was ended is refused, and told', async () => {
    const owner = await aPerson('ended');
    const { token } = await clientOf().memberLogin({ email: owner.email, password });
    await owner.client.memberLogout({});
    await expect(clientOf(token?.access).projectList({})).rejects.toMatchObject({ code: 'INVALID_TOKEN' });
    const again = await clientOf().memberLogin({ email: owner.email, password });
    const { items } = await clientOf(again.token?.access).auditList({ verb: 'access.refused' });
    expect(items).toMatchObject([{ actor: owner.user.id, after: { refused: 'INVALID_TOKEN', count: 1 } }]);
  });
});

describe('the control plane', () => {
  test('opens to whoever was put into its group and has a second factor', async () => {
    const first = await said(await admin.send('GET', '/platform/tenants'));
    expect(first.error.code).toBe('FORBIDDEN');
    const state = dirname(inject('cloud').logs);
    const args = ['scripts/platform-admin.ts', admin.email, '--state', state];
    expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toContain(admin.email);
    const without = clientOf(await accessOf(admin));
    await expect(without.platformTenants({})).rejects.toMatchObject({ code: 'PLATFORM_MFA_REQUIRED' });
    const account = await forAccount(admin.token);
    const { secret } = await account.mfaEnrol({});
    await account.mfaConfirm({ code: codeAt(secret, Date.now()), name: 'phone' });
    const client = clientOf(await accessOf(admin, secret));
    const id = studio.user.tenant_id ?? '';
    const reason = 'asked for by the studio';
    expect((await client.platformTenants({ q: id })).items).toMatchObject([{ id, status: 'active' }]);

    await client.platformSuspend({ id, reason });
    const suspended = clientOf(await accessOf(studio));
    await expect(suspended.projectCreate({ title: '不行' })).rejects.toMatchObject({ code: 'TENANT_SUSPENDED' });
    await client.platformResume({ id, reason });

    const { token } = await client.platformImpersonate({ id, reason });
    const looking = clientOf(token);
    expect((await looking.projectList({})).items).toMatchObject([{ title: '青瓷' }]);
    await expect(looking.projectCreate({ title: '不行' })).rejects.toMatchObject({ status: 403 });
    const { queues, due } = await client.platformHealth();
    expect(due).toEqual(expect.any(Array));
    expect(queues.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'queue-purge',
        'queue-purge/dead-letters',
        'stream-audit/dead-letters',
        'schedule-sweep/dead-letters',
      ]),
    );
    const acts = (await studio.client.auditList({})).items.filter(({ actor_kind }) => actor_kind === 'platform');
    expect(acts.map(({ verb }) => verb)).toEqual(
      expect.arrayContaining(['platform.impersonate', 'platform.resume', 'platform.suspend']),
    );
  });

  test('nobody is put into its group who never registered', () => {
    const state = dirname(inject('cloud').logs);
    const args = ['scripts/platform-admin.ts', 'nobody@example.com', '--state', state];
    expect(() => execFileSync(process.execPath, args, { stdio: 'pipe' })).toThrow(/Nobody registered/);
  });
});
