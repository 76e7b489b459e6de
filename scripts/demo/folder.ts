// The folder of the results: made and tried before the work, not after it.
import { rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeFolder } from '../../local/make-folder.ts';

/** Makes the folder if need be. Throws an Error that says what to do when nothing can be written there. */
export function openFolder(out: string): void {
  try {
    makeFolder(resolve(out));
    const trial = join(out, `${process.pid}.trial`);
    writeFileSync(trial, '');
    rmSync(trial);
  } catch (error) {
    throw notWritten(out, error);
  }
}

/** What a person is told of a file that could not be written to `out`. */
export const notWritten = (out: string, error: unknown): Error =>
  new Error(`The results could not be written to ${out}: ${reason(error)} Choose another folder with --out.`, {
    cause: error,
  });

const reasons: Record<string, string> = {
  EACCES: 'it may not be written to.',
  EPERM: 'it may not be written to.',
  EROFS: 'it may not be written to.',
  ENOENT: 'no folder can be there.',
  ENOSPC: 'the disk is full.',
  ENOTDIR: 'it is not a folder.',
  EEXIST: 'it is not a folder.',
  EISDIR: 'a folder has the name of a file.',
};

const reason = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  return reasons[code ?? ''] ?? `${message}.`;
};
