// npm run parse -- FILE [--title TITLE]: prints the parsed document as JSON. A refusal goes to stderr with its code; exit 1.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from '../core/platform/failure.ts';
import { FILE_LIMIT, parse } from '../core/script/index.ts';

const { values, positionals } = parseArgs({ options: { title: { type: 'string' } }, allowPositionals: true });
const [file] = positionals;

if (file === undefined || positionals.length > 1) {
  console.error('usage: npm run parse -- FILE [--title TITLE]');
  process.exit(2);
}

try {
  const bytes = await readFile(file);
  const document = await parse(bytes, basename(file), values.title === undefined ? {} : { title: values.title });
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
