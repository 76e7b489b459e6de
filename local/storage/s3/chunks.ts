// aws-chunked framing: `size[;extension]\r\n data \r\n … 0\r\n trailer:value\r\n \r\n`.
// Source: "Signature calculations for trailing headers", Amazon S3 API Reference.
import { S3Failure } from './failure.ts';

/** Longest line a frame or a trailer may have, in bytes; guards against a body without line ends. */
const LONGEST_LINE = 8192;

type Reader = { line(): Promise<string>; take(size: number): AsyncGenerator<Buffer> };

const reader = (source: AsyncIterable<Buffer>): Reader => {
  const chunks = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  const more = async (): Promise<void> => {
    const next = await chunks.next();
    if (next.done) throw new S3Failure('IncompleteBody');
    held = held.length === 0 ? next.value : Buffer.concat([held, next.value]);
  };
  return {
    async line() {
      for (;;) {
        const end = held.indexOf('\r\n');
        if (end >= 0) {
          const text = held.toString('latin1', 0, end);
          held = held.subarray(end + 2);
          return text;
        }
        if (held.length > LONGEST_LINE)
          throw new S3Failure('InvalidRequest', 'The aws-chunked body has no line end where one must be.');
        await more();
      }
    },
    async *take(size) {
      let left = size;
      while (left > 0) {
        if (held.length === 0) await more();
        const piece = held.subarray(0, left);
        held = held.subarray(piece.length);
        left -= piece.length;
        yield piece;
      }
    },
  };
};

/** The bytes inside the frames. Trailers, names in lower case, are put into `trailers` once the end is read. */
export async function* unframe(source: AsyncIterable<Buffer>, trailers: Map<string, string>): AsyncGenerator<Buffer> {
  const from = reader(source);
  for (;;) {
    const [size = ''] = (await from.line()).split(';');
    if (!/^[0-9a-f]{1,12}$/i.test(size))
      throw new S3Failure('InvalidRequest', 'The aws-chunked body has a frame without a size.');
    const length = Number.parseInt(size, 16);
    if (length === 0) break;
    yield* from.take(length);
    if ((await from.line()) !== '')
      throw new S3Failure('InvalidRequest', 'The aws-chunked body has a frame longer than its size.');
  }
  for (let line = await from.line(); line !== ''; line = await from.line()) {
    const at = line.indexOf(':');
    if (at > 0) trailers.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim());
  }
}
