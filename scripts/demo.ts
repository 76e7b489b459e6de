// `npm run demo -- [FILE…] --out DIR [--title …]`: script in, storyboard out, through the same bundles, machine, token and table that are deployed.
import { startCloud } from '../local/cloud.ts';
import { build } from './build.ts';
import { breakDown } from './demo/break-down.ts';
import { collect } from './demo/collect.ts';
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
  const cloud = await startCloud({ assembly: 'cdk.out', state: options.state });
  try {
    const client = await signIn(cloud.apiUrl);
    const project = await breakDown(client, cloud.socketUrl, options);
    const board = await collect(client, project);
    await write(board, options.out);
    return board.complete;
  } finally {
    await cloud.stop();
  }
}

try {
  process.exitCode = (await demo(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
