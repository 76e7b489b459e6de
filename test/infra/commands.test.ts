// What a person types on the command line is answered: with the usage where it is asked for, with a sentence where it makes no sense.
import { execFile } from 'node:child_process';
import { describe, expect, test } from 'vitest';

const commands = ['start', 'demo', 'parse', 'bench', 'cost', 'api', 'platform-admin', 'verify-audit'];

const run = (command: string, ...args: string[]) =>
  new Promise<{ code: number; out: string; said: string }>((done) => {
    const child = execFile(process.execPath, [`scripts/${command}.ts`, ...args], (_, out, said) =>
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
