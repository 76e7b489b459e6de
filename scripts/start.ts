// `npm start`: builds, synthesises and runs the whole application on this machine until Ctrl-C.
import { spawnSync } from 'node:child_process';
import { type Cloud, startCloud } from '../local/cloud.ts';
import { Refusal } from '../local/refusal.ts';
import { openState, type State } from '../local/state.ts';
import { Refusal as Refused } from '../web/src/data/call.ts';
import { demoPerson, signIn } from './demo/sign-in.ts';
import { told } from './demo/told.ts';
import type { LoggedCall, Models } from './models/server.ts';
import { type StartOptions, startOptions, usage, WrongUsage } from './start/options.ts';
import { forgetStub, startStub } from './start/stub.ts';

const log = (line: string): void => console.error(`${new Date().toISOString()} ${line}`);

async function ended(cloud: Cloud, models: Models | undefined): Promise<void> {
  await cloud.stop();
  await models?.close();
}

async function start(options: StartOptions): Promise<void> {
  // held before the build: a cloud that works on it runs on what is built
  const state = openState(options.state);
  const assembly = options.assembly ?? buildAndSynth(state);
  const began = performance.now();
  const cloud = await startCloud({ assembly, state, ports: options.ports, log });
  const models = options.provider && (await startStub(cloud, tellCall));
  if (!models) await forgetStub(cloud);
  stopOnSignal(cloud, models);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(greeting(cloud, options.state, seconds, { demo: await demoSignIn(cloud), models }));
}

/** The demo's person is made over the API, as any other. Answers how to sign in, or why the person cannot: the rest runs all the same. */
async function demoSignIn(cloud: Cloud): Promise<string> {
  try {
    await signIn(cloud.apiUrl);
    return `${demoPerson.email} / ${demoPerson.password}`;
  } catch (error) {
    if (error instanceof Refused) return `${demoPerson.email}: ${told(error)}`;
    await cloud.stop();
    throw error;
  }
}

/** In processes of their own, so that bundler and CDK do not stay in the memory of the cloud. */
function buildAndSynth(state: State): string {
  console.log('构建与合成 · building and synthesising …');
  for (const script of ['scripts/build.ts', 'scripts/synth.ts'])
    if (spawnSync(process.execPath, [script], { stdio: 'inherit' }).status !== 0) {
      state.close();
      throw new NotBuilt(`${script} failed; what it said stands above. Mend that and start again.`);
    }
  return 'cdk.out';
}

class NotBuilt extends Error {}

const tellCall = ({ provider, path, outcome }: LoggedCall): void => log(`model ${provider} ${path} ${outcome}`);

const greeting = (
  cloud: Cloud,
  state: string,
  seconds: string,
  { demo, models }: { demo: string; models: Models | undefined },
): string => `
Scriptloom 已在本机运行 · runs on this machine (${seconds} s)

  API      ${cloud.apiUrl}/api/v1/…  (${cloud.apiUrl}/api/v1/openapi.json 列出全部路径 · lists every path)
  Socket   ${cloud.socketUrl}
  Login    ${cloud.loginUrl}
${leadsBack(cloud.loginUrl)}  Mail     ${cloud.mailUrl}
  Sign in  ${demo}
           在上面的 Login 页面，或 POST …/api/v1/auth/login · on the page Login above, or by POST …/api/v1/auth/login
  State    ${state}  (logs: ${state}/logs)
${models ? playing(models) : ''}
Ctrl-C 停止 · stops it; everything is kept.
`;

/** The page after the hosted login is no part of this: whoever follows the link is told whose it is. */
function leadsBack(loginUrl: string): string {
  const page = URL.parse(loginUrl)?.searchParams.get('redirect_uri');
  if (!page) return '';
  return `           登录后跳转到 ${page}，那是你自己的前端；没有运行它时浏览器打不开该页，登录仍然成功
           then leads back to ${page}, a page of your own console: with none running there the browser
           shows an error, and the sign-in has succeeded all the same
`;
}

const playing = ({ url }: Models): string => `  Models   ${url}  (plays every provider; its answers mean nothing)

  模型由本机服务器扮演，无需密钥 · models are played by this machine, no key is needed:
  - 照常开始拆解即使用模型；provider 可为 auto、builtin 或提供方名称
    start a breakdown as always; provider may be auto, builtin or the name of one
  - 每次模型调用在此打印一行 · every call of a model prints a line here
  - 剧本中的标记让它出错 · marks in a script make it fail: [[stub:429=2]] [[stub:500]] [[stub:half-json]] … (scripts/models/behaviour.ts)
`;

/** The first signal stops with care, a second at once: the state folder stands either. */
function stopOnSignal(cloud: Cloud, models: Models | undefined): void {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    console.log('\n正在停止 · stopping …');
    ended(cloud, models).then(
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

const args = process.argv.slice(2);
try {
  if (args.includes('--help') || args.includes('-h')) console.log(usage);
  else await start(startOptions(args, process.env));
} catch (error) {
  // What a person can mend is a sentence; anything else is a fault of ours and shows where.
  const mendable = [Refusal, WrongUsage, NotBuilt].some((kind) => error instanceof kind);
  console.error(mendable ? (error as Error).message : error);
  process.exit(1);
}
