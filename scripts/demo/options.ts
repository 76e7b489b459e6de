// What was asked on the command line of the demo.
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';

export type DemoOptions = { files: string[]; out: string; title: string; state: string };

const bundled = 'demo/zh_jindenglu.txt';

/** Throws an Error with a sentence for people when a file is not there or an option is unknown. */
export function demoOptions(args: string[]): DemoOptions {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      out: { type: 'string', default: 'out/demo' },
      title: { type: 'string' },
      state: { type: 'string', default: '.local' },
    },
  });
  const files = positionals.length > 0 ? positionals : [bundled];
  const missing = files.find((file) => !existsSync(file));
  if (missing) throw new Error(`There is no file ${missing}. Usage: npm run demo -- [FILE…] --out DIR [--title TITLE]`);
  const named = basename(files[0] ?? bundled).replace(/\.[^.]+$/, '');
  const title = values.title ?? (positionals.length > 0 ? named : '锦灯记');
  return { files, out: values.out, title, state: values.state };
}
