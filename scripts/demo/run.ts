// The demo itself: what it runs on takes seconds to load, and whoever only asked for the usage need not wait for it.
import { type Cloud, startCloud } from '../../local/cloud.ts';
import { openState } from '../../local/state.ts';
import { build } from '../build.ts';
import { synth } from '../synth.ts';
import { breakDown } from './break-down.ts';
import { type Board, collect } from './collect.ts';
import type { DemoOptions } from './options.ts';
import { signIn } from './sign-in.ts';
import { write } from './write.ts';

/** Answers whether every file was broken down and every dialogue line is covered exactly once. */
export async function demo(options: DemoOptions): Promise<boolean> {
  const cloud = await builtCloud(options.state);
  try {
    const client = await signIn(cloud.apiUrl);
    const { project, failed } = await breakDown(client, cloud.socketUrl, options);
    if (failed.length === options.files.length) return false;
    const board = await collect(client, project);
    console.log(summary(board, await write(board, options.out)));
    for (const line of failed) console.error(`未完成 · not done: ${line}`);
    return board.complete && failed.length === 0;
  } finally {
    await cloud.stop();
  }
}

/** Builds with the state folder held: a cloud that works on it runs on what is built. Throws STATE_IN_USE before anything is touched. */
async function builtCloud(folder: string): Promise<Cloud> {
  const state = openState(folder);
  console.log('构建与合成 · building and synthesising …');
  try {
    await build();
    await synth();
  } catch (error) {
    state.close();
    throw error;
  }
  const began = performance.now();
  const cloud = await startCloud({ assembly: 'cdk.out', state, log: (line) => console.error(line) });
  console.log(`本机云已启动 · local cloud up (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  return cloud;
}

/** What came out, in a few lines. */
function summary({ episodes, without, complete }: Board, files: string[]): string {
  const sum = (of: (board: Board['episodes'][number]) => number) => episodes.reduce((total, one) => total + of(one), 0);
  const lines = sum(({ coverage }) => coverage.dialogue.total);
  const once = sum(({ coverage }) => coverage.dialogue.once);
  const missing = without.length === 0 ? [] : [`没有分镜的集 · episodes without a storyboard: ${without.join(', ')}`];
  return [
    `${episodes.length} 集 episodes · ${sum(({ shots }) => shots.length)} 镜 shots · 对白 lines exactly once ${once}/${lines}`,
    ...missing,
    complete
      ? ''
      : '分镜不完整，见 coverage.json · the storyboard is not complete; coverage.json names what is missing',
    ...files.map((file) => `  ${file}`),
  ]
    .filter((line) => line !== '')
    .join('\n');
}
