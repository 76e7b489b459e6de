// What a person types on the command line is answered: with the usage where it is asked for, with a sentence where it makes no sense.
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';

const commands = ['start', 'demo', 'parse', 'bench', 'cost', 'api', 'platform-admin', 'verify-audit'];

const run = (command: string, ...args: string[]) => runWith({}, command, ...args);

const runWith = (variables: Record<string, string>, command: string, ...args: string[]) =>
  new Promise<{ code: number; out: string; said: string }>((done) => {
    const env = { ...process.env, ...variables };
    const child = execFile(process.execPath, [`scripts/${command}.ts`, ...args], { env }, (_, out, said) =>
      done({ code: child.exitCode ?? -1, out, said }),
    );
  });

describe.each(commands)('npm run %s', (command) => {
  test('with --help says how it is used, and does nothing', async () => {
    const name = command === 'start' ? 'npm start' : `npm run ${command}`;
    expect(await run(command, '--help')).toEqual({
      code: 0,
      out: expect.stringMatching(new RegExp(`^usage: ${name}`, 'i')),
      said: '',
    });
  });

  test('with an option that does not exist names it and says the usage', async () => {
    const { code, out, said } = await run(command, '--no-such');
    expect([code > 0, out]).toEqual([true, '']);
    expect(said).toMatch(/--no-such[\s\S]*usage: npm/i);
    expect(said).not.toMatch(/^\s+at /m);
  });
});

test('an exported audit file that is not there is not taken for one that proves nothing', async () => {
  const { code, said } = await run('verify-audit', 'nowhere.jsonl');
  expect([code, said]).toEqual([2, expect.stringMatching(/^NOT READ: .*nowhere\.jsonl/)]);
});

describe('npm run platform-admin on AWS', () => {
  const keys = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };

  test('asks the pool in its own region, wherever the command line stands, and says what it answered in a sentence', async () => {
    const signed: (string | undefined)[] = [];
    const pools = createServer(({ headers }, response) => {
      signed.push(headers.authorization);
      const refusal = { __type: 'UserNotFoundException', message: 'User does not exist.' };
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(refusal));
    });
    await new Promise<void>((ready) => pools.listen(0, '127.0.0.1', ready));
    const at = `http://127.0.0.1:${(pools.address() as AddressInfo).port}`;
    const variables = { ...keys, AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: at };
    const { code, said } = await runWith(variables, 'platform-admin', 'a@example.com', '--pool', 'eu-west-1_Abc');
    pools.close();
    expect([code, said.trim()]).toEqual([1, 'User does not exist.']);
    expect(signed).toEqual([expect.stringContaining('/eu-west-1/cognito-idp/')]);
  });

  test('without credentials says so in a sentence', async () => {
    const nowhere = { HOME: '/nowhere', AWS_EC2_METADATA_DISABLED: 'true', AWS_ACCESS_KEY_ID: '' };
    const { code, said } = await runWith(nowhere, 'platform-admin', 'a@example.com', '--pool', 'eu-west-1_Abc');
    expect([code, said.trim()]).toEqual([1, 'Could not load credentials from any providers']);
  });
});
