// What was asked on the command line of the demo.
import { existsSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { openFolder } from './folder.ts';

export type DemoOptions = { files: string[]; out: string; title: string; state: string };

const bundled = 'demo/zh_jindenglu.txt';
export const usage = 'Usage: npm run demo -- [FILE…] [--out DIR] [--title TITLE] [--state DIR]';
/** The usage with what each option is. */
export const help = `${usage}
  FILE          scripts, each a script of the project: txt, md, docx, pdf, fountain, fdx (${bundled})
  --out DIR     folder of the results (out/demo)
  --title TITLE title of the project (the name of the first file)
  --state DIR   folder of everything that survives a restart (.local; or SCRIPTLOOM_STATE); one that \`npm start\` works on is refused`;

/** Makes the folder of the results. Throws an Error with a sentence for people when it cannot be written to, a file is not there or an option is unknown. */
export function demoOptions(args: string[]): DemoOptions {
  const { values, positionals } = read(args);
  const files = positionals.length > 0 ? positionals : [bundled];
  const missing = files.find((file) => !existsSync(file));
  if (missing) throw new Error(`There is no file ${missing}. ${usage}`);
  const folder = files.find((file) => statSync(file).isDirectory());
  if (folder) throw new Error(`${folder} is a folder; name the script files themselves. ${usage}`);
  const empty = files.find((file) => statSync(file).size === 0);
  if (empty) throw new Error(`${empty} is empty; there is nothing to read in it. ${usage}`);
  const names = files.map((file) => basename(file));
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice) throw new Error(`Two files are called ${twice}; rename one, they are told apart by their names. ${usage}`);
  if (existsSync(values.out) && !statSync(values.out).isDirectory())
    throw new Error(`${values.out} is a file; --out names a folder. ${usage}`);
  openFolder(values.out);
  const named = basename(files[0] ?? bundled).replace(/\.[^.]+$/, '');
  const title = values.title ?? (positionals.length > 0 ? named : '锦灯记');
  return { files, out: values.out, title, state: values.state };
}

function read(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        out: { type: 'string', default: 'out/demo' },
        title: { type: 'string' },
        state: { type: 'string', default: process.env.SCRIPTLOOM_STATE ?? '.local' },
      },
    });
  } catch (error) {
    throw new Error(`${(error as Error).message.split('. ')[0]}. ${usage}`, { cause: error });
  }
}
