// Failures of the machine under the cloud, in words: a full disk, a damaged file, a folder nobody may write.
import { Refusal } from './refusal.ts';

type SystemError = Error & { readonly code?: string; readonly syscall?: string; readonly errcode?: number };

/** SQLite result codes (sqlite.org/rescode.html), primary part. */
const sqlite = { ioError: 10, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26, readOnly: 8 } as const;

/**
 * The refusal behind a system error, or undefined when the error is something else (a fault of ours).
 * `what` names the file or folder in the sentence.
 */
export function explain(error: unknown, what: string): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (!(error instanceof Error)) return undefined;
  const { code, syscall, errcode } = error as SystemError;
  const primary = code === 'ERR_SQLITE_ERROR' && errcode !== undefined ? errcode & 0xff : undefined;
  const because = (kind: Refusal['code'], message: string) => new Refusal(kind, message, { cause: error });
  if (code === 'ENOSPC' || code === 'EDQUOT' || primary === sqlite.full)
    return because(
      'DISK_FULL',
      `The disk is full: ${what} could not be written. Free some space and start again; nothing was lost.`,
    );
  if (primary === sqlite.corrupt || primary === sqlite.notADatabase)
    return because(
      'STATE_CORRUPT',
      `${what} is damaged (${error.message}). Move it away to start empty, or put a copy back.`,
    );
  if (
    code === 'EACCES' ||
    code === 'EROFS' ||
    code === 'EPERM' ||
    primary === sqlite.readOnly ||
    primary === sqlite.cannotOpen
  )
    return because(
      'STATE_UNWRITABLE',
      `${what} cannot be written (${error.message}). Give yourself the right to write there, or choose another state folder.`,
    );
  // what is above it is there: the system makes no folders in it, as under /proc
  if (code === 'ENOENT' && syscall === 'mkdir')
    return because('STATE_UNWRITABLE', `${what} cannot be made: no folder can be there. Choose another state folder.`);
  if (code === 'EEXIST' || code === 'ENOTDIR')
    return because('STATE_UNWRITABLE', `${what} is in the way: a folder is needed there. Choose another state folder.`);
  if (code === 'EIO' || primary === sqlite.ioError)
    return because('STATE_UNWRITABLE', `${what} could not be read or written (${error.message}). Check the disk.`);
  return undefined;
}
