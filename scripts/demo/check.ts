// A look at the scripts as the service takes them, before anything is built for them.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { extensionOf, mustBeAccepted } from '../../core/file/file.ts';
import { disguise } from '../../core/file/magic.ts';
import { Failure } from '../../core/platform/failure.ts';
import { parse } from '../../core/script/index.ts';
import { contentTypeOf } from './content-type.ts';
import { told } from './told.ts';

export type Checked = {
  readonly good: string[];
  /** `name: why`, in both languages. */
  readonly refused: string[];
};

/** Reads every file as the upload and the reader will. Throws only what is no refusal. */
export async function check(files: readonly string[]): Promise<Checked> {
  const [good, refused]: [string[], string[]] = [[], []];
  for (const file of files) {
    const why = await refusalOf(file);
    if (why) refused.push(`${basename(file)}: ${why}`);
    else good.push(file);
  }
  return { good, refused };
}

async function refusalOf(file: string): Promise<string | undefined> {
  const fileName = basename(file);
  try {
    const bytes = await readFile(file);
    mustBeAccepted({ fileType: 'script', fileName, contentType: contentTypeOf(fileName), fileSize: bytes.length });
    const reason = disguise(extensionOf(fileName), bytes);
    if (reason) return `${reason['zh-CN']} · ${reason.en}`;
    await parse(bytes, fileName);
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return told(error);
    throw error;
  }
}
