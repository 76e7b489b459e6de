// What functions print, one file each: `<state>/logs/<function>.log`.
import { createWriteStream, mkdirSync, renameSync, statSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';

export type Logs = {
  readonly of: (functionName: string) => Writable;
  readonly stop: () => Promise<void>;
};

/** Bytes after which a log makes room at the next start: it is kept as `.log.old`, over the one before. */
const enough = 16 * 1024 ** 2;

const makeRoom = (file: string): void => {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > enough) renameSync(file, `${file}.old`);
};

/** `onFault` hears the first failure to write of each file (a full disk); printing goes on without the file. */
export function openLogs(folder: string, onFault: (error: Error) => void): Logs {
  mkdirSync(folder, { recursive: true });
  const open = new Map<string, WriteStream>();
  const start = (name: string): WriteStream => {
    const file = join(folder, `${name}.log`);
    makeRoom(file);
    const stream = createWriteStream(file, { flags: 'a' });
    stream.once('error', onFault);
    stream.on('error', () => {});
    open.set(name, stream);
    return stream;
  };
  return {
    of: (name) => open.get(name) ?? start(name),
    stop: async () => {
      await Promise.all(
        [...open.values()]
          .filter(({ destroyed }) => !destroyed)
          .map((stream) => new Promise<void>((done) => stream.end(done))),
      );
    },
  };
}
