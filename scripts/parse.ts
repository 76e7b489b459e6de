// npm run parse -- FILE [--title TITLE]: prints the parsed document as JSON. A refusal goes to stderr with its code; exit 1.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from '../core/platform/failure.ts';
import { FILE_LIMIT, parse } from '../core/script/index.ts';

const usage = 'usage: npm run parse -- FILE [--title TITLE]';

/** The file and the title asked for. Ends with the usage where it is asked for or something else is. */
function asked(): { file: string; title: string | undefined } {
  try {
    const options = { title: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    const [file] = positionals;
    if (file !== undefined && positionals.length === 1) return { file, title: values.title };
    console.error(usage);
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
  }
  return process.exit(2);
}

const { file, title } = asked();

try {
  const bytes = await readFile(file);
  const document = await parse(bytes, basename(file), title === undefined ? {} : { title });
  process.stdout.write(`${JSON.stringify(document, null, 1)}\n`);
} catch (error) {
  process.exitCode = 1;
  if (error instanceof Failure) {
    console.error(`${error.code}: ${error.say('en')}`);
    console.error(error.say('zh-CN'));
  } else if ((error as NodeJS.ErrnoException).code === 'ENOENT')
    console.error(`FILE_NOT_FOUND: there is no file ${file}. Check the path.`);
  else if ((error as NodeJS.ErrnoException).code === 'EISDIR')
    console.error(`FILE_NOT_FOUND: ${file} is a folder. Name a script file.`);
  else if ((error as NodeJS.ErrnoException).code === 'ERR_FS_FILE_TOO_LARGE')
    console.error(`FILE_TOO_LARGE: more than ${FILE_LIMIT} bytes.`);
  else throw error;
}
