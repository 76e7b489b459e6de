// When the cloud cannot start, one sentence says what is wrong and what to do, and nothing is left running or locked.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startCloud } from '../../../local/cloud.ts';
import { explain } from '../../../local/fault.ts';
import { openState } from '../../../local/state.ts';
import { httpApi, lambda, type Resources, role, table, writeAssembly } from './kit/assembly.ts';

const bundles = { one: 'export const handler = async () => 1;' };
const app: Resources = {
  Role: role({ Action: 'none:None', Resource: '*' }),
  One: lambda('one'),
  Core: table(),
  ...httpApi({ 'GET /one': 'One' }),
};

const failure = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => new Error('it started'),
    (thrown: Error & { code?: string }) => thrown,
  );
  return { code: 'code' in error ? error.code : undefined, message: error.message };
};

/** Starts with the same assembly and state, which must work: nothing was left behind. */
const startsNow = async (assembly: string, state: string) => {
  const cloud = await startCloud({ assembly, state });
  await cloud.stop();
};

test.each(['api', 'storage', 'dynamo', 'machines'] as const)('the port for %s is taken', async (service) => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => other.once('listening', done));
  const { port } = other.address() as AddressInfo;
  const { folder, state } = writeAssembly({ resources: { ...app, Bucket: { Type: 'AWS::S3::Bucket' } }, bundles });
  const { code, message } = await failure(startCloud({ assembly: folder, state, ports: { [service]: port } }));
  expect(code).toBe('PORT_TAKEN');
  expect(message).toMatch(new RegExp(`^Port ${port} for .*choose other ports with --port N`));
  await new Promise((done) => other.close(done));
  await startsNow(folder, state);
});

test('another cloud works on the state folder: it is named, and goes on', async () => {
  const { folder, state } = writeAssembly({ resources: app, bundles });
  const cloud = await startCloud({ assembly: folder, state });
  const { code, message } = await failure(startCloud({ assembly: folder, state }));
  expect(code).toBe('STATE_IN_USE');
  expect(message).toContain(
    `(process ${process.pid}) works on ${state}. Stop it, or choose another folder with --state DIR.`,
  );
  expect((await fetch(`${cloud.apiUrl}/one`)).status).toBe(200);
  await cloud.stop();
  await startsNow(folder, state);
});

test.each(['executions.sqlite', 'sources.sqlite', 'dynamodb.sqlite', 'storage/s3.sqlite'])(
  'a damaged %s is named, with what to do',
  async (file) => {
    const { folder, state } = writeAssembly({ resources: { ...app, Bucket: { Type: 'AWS::S3::Bucket' } }, bundles });
    await startsNow(folder, state);
    const path = join(state, file);
    for (const tail of ['-wal', '-shm']) rmSync(`${path}${tail}`, { force: true });
    writeFileSync(path, 'this was never a database, whatever its name says'.repeat(100));
    const { code, message } = await failure(startCloud({ assembly: folder, state }));
    expect([code, message]).toEqual(['STATE_CORRUPT', expect.stringMatching(/Move .* away to start empty/)]);
    expect(message).toContain(join(state, file.split('/')[0] ?? ''));
  },
);

test('a damaged lock gives nothing up: it is written anew, and still keeps another cloud out', async () => {
  const { folder, state } = writeAssembly({ resources: app, bundles });
  await startsNow(folder, state);
  writeFileSync(join(state, 'lock.sqlite'), 'this was never a database, whatever its name says'.repeat(100));
  const cloud = await startCloud({ assembly: folder, state });
  expect((await failure(startCloud({ assembly: folder, state }))).code).toBe('STATE_IN_USE');
  await cloud.stop();
  await startsNow(folder, state);
});

test('a folder held before the start is the cloud’s from then on', async () => {
  const { folder, state } = writeAssembly({ resources: app, bundles });
  const held = openState(state);
  expect((await failure(startCloud({ assembly: folder, state }))).code).toBe('STATE_IN_USE');
  await (await startCloud({ assembly: folder, state: held })).stop();
  await startsNow(folder, state);
});

test.skipIf(process.platform !== 'linux')('a place where the system makes no folders is no state folder', async () => {
  const { folder } = writeAssembly({ resources: app, bundles });
  const { code, message } = await failure(startCloud({ assembly: folder, state: '/proc/nowhere/state' }));
  expect([code, message]).toEqual([
    'STATE_UNWRITABLE',
    '/proc/nowhere/state cannot be made: no folder can be there. Choose another state folder.',
  ]);
});

test('a database cut off in the middle is damaged too', async () => {
  const { folder, state } = writeAssembly({ resources: app, bundles });
  await startsNow(folder, state);
  truncateSync(join(state, 'executions.sqlite'), 5000);
  expect((await failure(startCloud({ assembly: folder, state }))).code).toBe('STATE_CORRUPT');
});

test('a table whose key the template has changed is not silently emptied', async () => {
  const first = writeAssembly({ resources: app, bundles });
  await startsNow(first.folder, first.state);
  const second = writeAssembly({ resources: { ...app, Core: table({ range: true }) }, bundles });
  const { code, message } = await failure(startCloud({ assembly: second.folder, state: first.state }));
  expect(code).toBe('STATE_CORRUPT');
  expect(message).toMatch(/^Table App-Core has another key than the template\. Move the state folder away/);
});

test('a state folder that is a file, or that may not be written, is refused', async () => {
  const { folder } = writeAssembly({ resources: app, bundles });
  const parent = mkdtempSync(join(tmpdir(), 'state-'));
  writeFileSync(join(parent, 'file'), '');
  expect((await failure(startCloud({ assembly: folder, state: join(parent, 'file') }))).code).toBe('STATE_UNWRITABLE');
  mkdirSync(join(parent, 'closed'));
  chmodSync(join(parent, 'closed'), 0o500);
  // The superuser may write everywhere; for anybody else the folder is closed.
  if (process.getuid?.() !== 0)
    expect((await failure(startCloud({ assembly: folder, state: join(parent, 'closed') }))).code).toBe(
      'STATE_UNWRITABLE',
    );
});

test('a full disk is told as such', () => {
  const state = openState(mkdtempSync(join(tmpdir(), 'full-')));
  const database = state.open('small.sqlite');
  // SQLite answers a file at its size limit as it answers a full disk: SQLITE_FULL.
  database.exec('PRAGMA max_page_count = 4; CREATE TABLE t (x TEXT)');
  let thrown: unknown;
  try {
    database.prepare('INSERT INTO t VALUES (?)').run('x'.repeat(100_000));
  } catch (error) {
    thrown = error;
  }
  expect(explain(thrown, 'small.sqlite')).toMatchObject({
    code: 'DISK_FULL',
    message: 'The disk is full: small.sqlite could not be written. Free some space and start again; nothing was lost.',
  });
  state.close();
  const enospc = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  expect(explain(enospc, 'objects')?.code).toBe('DISK_FULL');
  expect(explain(new TypeError('ours'), 'objects')).toBeUndefined();
});

test('a source whose function may not read it is refused with the grant that is missing', async () => {
  const { folder, state } = writeAssembly({
    resources: {
      ...app,
      Core: table({ stream: true }),
      Feed: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: { 'Fn::GetAtt': ['Core', 'StreamArn'] },
          FunctionName: { Ref: 'One' },
          StartingPosition: 'TRIM_HORIZON',
        },
      },
    },
    bundles,
  });
  const { code, message } = await failure(startCloud({ assembly: folder, state }));
  expect(code).toBe('MISSING_GRANT');
  expect(message).toMatch(/^Feed: the role of .*one may not dynamodb:DescribeStream, .* Grant it in the template\.$/);
});

test('a machine that is not understood stops the start', async () => {
  const Machine = {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: { RoleArn: 'role', DefinitionString: '{"StartAt":"A","States":{"A":{"Type":"Dance"}}}' },
  };
  const { folder, state } = writeAssembly({ resources: { Machine } });
  expect((await failure(startCloud({ assembly: folder, state }))).code).toBe('WORKFLOW_NOT_UNDERSTOOD');
  rmSync(state, { recursive: true });
});
