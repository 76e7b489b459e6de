// `npm start`: builds, synthesises and runs the whole application on this machine until Ctrl-C.
import { spawnSync } from 'node:child_process';
import { type Cloud, startCloud } from '../local/cloud.ts';
import { Refusal } from '../local/refusal.ts';
import { demoPerson, signIn } from './demo/sign-in.ts';
import { type StartOptions, startOptions, WrongUsage } from './start/options.ts';

const log = (line: string): void => console.error(`${new Date().toISOString()} ${line}`);

async function start(options: StartOptions): Promise<void> {
  const assembly = options.assembly ?? buildAndSynth();
  const began = performance.now();
  const cloud = await startCloud({ assembly, state: options.state, ports: options.ports, log });
  stopOnSignal(cloud);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  // The demo's person is made over the API, as any other.
  await signIn(cloud.apiUrl).catch(async (error: unknown) => {
    await cloud.stop();
    throw error;
  });
  console.log(greeting(cloud, options.state, seconds));
}

/** In processes of their own, so that bundler and CDK do not stay in the memory of the cloud. */
function buildAndSynth(): string {
  console.log('构建与合成 · building and synthesising …');
  for (const script of ['scripts/build.ts', 'scripts/synth.ts'])
    if (spawnSync(process.execPath, [script], { stdio: 'inherit' }).status !== 0)
      throw new NotBuilt(`${script} failed; what it said stands above. Mend that and start again.`);
  return 'cdk.out';
}

class NotBuilt extends Error {}

const greeting = (cloud: Cloud, state: string, seconds: string): string => `
Scriptloom 已在本机运行 · runs on this machine (${seconds} s)

  API      ${cloud.apiUrl}/api/v1  (${cloud.apiUrl}/api/v1/openapi.json)
  Socket   ${cloud.socketUrl}
  Login    ${cloud.loginUrl}
  Demo     ${demoPerson.email} / ${demoPerson.password}
  State    ${state}  (logs: ${state}/logs)

Ctrl-C 停止 · stops it; everything is kept.
`;

/** The first signal stops with care, a second at once: the state folder stands either. */
function stopOnSignal(cloud: Cloud): void {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    console.log('\n正在停止 · stopping …');
    cloud.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

try {
  await start(startOptions(process.argv.slice(2), process.env));
} catch (error) {
  // What a person can mend is a sentence; anything else is a fault of ours and shows where.
  const mendable = [Refusal, WrongUsage, NotBuilt].some((kind) => error instanceof kind);
  console.error(mendable ? (error as Error).message : error);
  process.exit(1);
}
