import type { IncomingMessage } from 'node:http';

/** More than any call needs: names, passwords and tokens. */
const LARGEST = 256 * 1024;

/** The body as text; undefined when it is longer than 256 KiB (the rest is read and dropped). */
export const readBody = async (request: IncomingMessage): Promise<string | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= LARGEST) chunks.push(chunk);
  }
  return size <= LARGEST ? Buffer.concat(chunks).toString('utf8') : undefined;
};
