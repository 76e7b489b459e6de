// `npm run demo -- [FILE…] --out DIR [--title …]`: script in, storyboard out, through the same bundles, machine, token and table that are deployed.
import { startCloud } from '../local/cloud.ts';
import { build } from './build.ts';
import { breakDown } from './demo/break-down.ts';
import { type Board, collect } from './demo/collect.ts';
import { demoOptions } from './demo/options.ts';
import { signIn } from './demo/sign-in.ts';
import { write } from './demo/write.ts';
import { synth } from './synth.ts';

/** Answers whether every dialogue line is covered exactly once. */
async function demo(args: string[]): Promise<boolean> {
  const options = demoOptions(args);
  console.log('构建与合成 · building and synthesising …');
  await build();
  await synth();
  const began = performance.now();
  const cloud = await startCloud({ assembly: 'cdk.out', state: options.state });
  console.log(`本机云已启动 · local cloud up (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  try {
    const client = await signIn(cloud.apiUrl);
    const project = await breakDown(client, cloud.socketUrl, options);
    const board = await collect(client, project);
    console.log(told(board, await write(board, options.out)));
    return board.complete;
  } finally {
    await cloud.stop();
  }
}

/** What came out, in a few lines. */
function told({ episodes, without, complete }: Board, files: string[]): string {
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

try {
  process.exitCode = (await demo(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
