// Bodies as files. A file's name is random and never the key, so that no key can point outside the folder.
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, openSync, type ReadStream, readdirSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Algorithm, digestOf } from './checksum.ts';

/** A written body. `md5` and `sha256` in hex, `checksum` in base64 (absent unless asked for). */
export type Blob = {
  readonly file: string;
  readonly size: number;
  readonly md5: string;
  readonly sha256?: string;
  readonly checksum?: string;
};

export type Blobs = {
  /** Writes and syncs a body; the file is removed again when the source fails. */
  write(
    source: AsyncIterable<Buffer>,
    digests?: { sha256?: boolean; algorithm?: Algorithm | undefined },
  ): Promise<Blob>;
  /** Bytes `start`…`end` inclusive. The file is open on return: removing it afterwards does not disturb the reader. */
  read(file: string, range?: { start: number; end: number }): ReadStream;
  remove(files: readonly string[]): Promise<void>;
  /** Removes what a crash left behind: every file that `known` does not name. */
  sweep(known: ReadonlySet<string>): void;
};

export const openBlobs = (directory: string): Blobs => {
  mkdirSync(directory, { recursive: true });
  const place = (file: string): string => join(directory, file.slice(0, 2), file);
  for (let shelf = 0; shelf < 256; shelf++)
    mkdirSync(join(directory, shelf.toString(16).padStart(2, '0')), { recursive: true });

  const write: Blobs['write'] = async (source, digests = {}) => {
    const file = randomUUID();
    const handle = await open(place(file), 'wx');
    try {
      const md5 = createHash('md5');
      const sha256 = digests.sha256 ? createHash('sha256') : undefined;
      const checksum = digests.algorithm ? digestOf(digests.algorithm) : undefined;
      let size = 0;
      for await (const chunk of source) {
        md5.update(chunk);
        sha256?.update(chunk);
        checksum?.update(chunk);
        for (let done = 0; done < chunk.length; ) done += (await handle.write(chunk, done)).bytesWritten;
        size += chunk.length;
      }
      await handle.datasync();
      await handle.close();
      return {
        file,
        size,
        md5: md5.digest('hex'),
        ...(sha256 ? { sha256: sha256.digest('hex') } : {}),
        ...(checksum ? { checksum: checksum.base64() } : {}),
      };
    } catch (error) {
      await handle.close().catch(() => undefined);
      await rm(place(file), { force: true });
      throw error;
    }
  };

  return {
    write,
    read: (file, range) => createReadStream('', { fd: openSync(place(file), 'r'), ...range }),
    remove: async (files) => {
      await Promise.all(files.map((file) => rm(place(file), { force: true })));
    },
    sweep: (known) => {
      for (const shelf of readdirSync(directory))
        for (const file of readdirSync(join(directory, shelf)))
          if (!known.has(file)) rmSync(join(directory, shelf, file), { force: true });
    },
  };
};
