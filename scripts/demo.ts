// `npm run demo -- [FILE…] --out DIR [--title …]`: script in, storyboard out, through the same bundles, machine, token and table that are deployed.
import { demoOptions, help } from './demo/options.ts';

const args = process.argv.slice(2);
try {
  if (args.includes('--help') || args.includes('-h')) console.log(help);
  else {
    const options = demoOptions(args);
    const { check } = await import('./demo/check.ts');
    const { good, refused } = await check(options.files);
    const tell = () => {
      for (const line of refused) console.error(line);
    };
    tell();
    const done = good.length > 0 && (await (await import('./demo/run.ts')).demo({ ...options, files: good }));
    // once more at the end: what was said of them stands far above
    if (good.length > 0) tell();
    process.exitCode = done && refused.length === 0 ? 0 : 1;
  }
} catch (error) {
  const { told } = await import('./demo/told.ts');
  console.error(told(error));
  process.exitCode = 1;
}
