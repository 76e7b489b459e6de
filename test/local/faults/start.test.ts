// `npm start` that cannot start says why in a sentence, without a trace, and ends with 1.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openState } from '../../../local/state.ts';
import { httpApi, lambda, role, writeAssembly } from '../runner/kit/assembly.ts';
import { refused } from './started.ts';

const state = mkdtempSync(join(tmpdir(), 'scriptloom-start-'));
afterAll(() => rmSync(state, { recursive: true, force: true }));

const says = async (args: string[], sentence: RegExp) => {
  const { code, text } = await refused(args);
  expect(text).toMatch(sentence);
  expect(text).not.toMatch(/^\s+at /m);
  expect(code).toBe(1);
};

test('an option that does not exist, with the usage', () =>
  says(['--prot', '1'], /Unknown option '--prot'[\s\S]*npm start -- \[--state DIR\] \[--port N\]/));

test('a port that is none', () => says(['--port', '70000'], /--port must be a port, 0 to 65535, not "70000"/));

test('a provider that nobody plays', () =>
  says(['--provider', 'openai'], /--provider must be stub, not "openai"\. Keys of real providers/));

test('no assembly', () =>
  says(['--assembly', state, '--state', state], /There is no manifest\.json in .*Run `npm run synth`/));

test('a state folder that another cloud works on, before anything is built', async () => {
  const held = openState(join(state, 'held'));
  const { code, text } = await refused(['--state', held.folder]);
  expect([code, text]).toEqual([1, expect.stringMatching(/^Another local cloud \(process \d+\) works on .*\n$/)]);
  held.close();
});

test('a port that is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => other.once('listening', done));
  const { port } = other.address() as AddressInfo;
  const { folder } = writeAssembly({
    resources: {
      Role: role({ Action: 'none:None', Resource: '*' }),
      One: lambda('one'),
      ...httpApi({ 'GET /': 'One' }),
    },
    bundles: { one: '' },
  });
  await says(
    ['--assembly', folder, '--state', join(state, 'a'), '--port', '0', '--api-port', String(port)],
    new RegExp(`Port ${port} for the HTTP API cannot be used \\(EADDRINUSE\\)\\. Stop what uses it`),
  );
  other.close();
});
