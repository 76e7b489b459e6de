// SHA-256 for the signatures of the SDK: a request is small and whole, so it is hashed in one call. The SDK's own class makes a stream for
// each of the four hashes of a signature, and that is what most of the time of signing goes into.
import { createHmac, hash } from 'node:crypto';

type Data = string | ArrayBuffer | ArrayBufferView;

const bytesOf = (data: Data): string | Uint8Array =>
  typeof data === 'string' || data instanceof Uint8Array
    ? data
    : ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data);

/** A hash, or an HMAC (RFC 2104) where a secret is given. What was given before is hashed with what is given later. */
export class Sha256 {
  readonly digestLength = 32;
  readonly #secret: string | Uint8Array | undefined;
  #given: Uint8Array[] = [];

  constructor(secret?: Data) {
    this.#secret = secret === undefined ? undefined : bytesOf(secret);
  }

  update(chunk: Data): void {
    const bytes = bytesOf(chunk);
    this.#given.push(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
  }

  async digest(): Promise<Uint8Array> {
    const [first, ...rest] = this.#given;
    const data = first && rest.length === 0 ? first : Buffer.concat(this.#given);
    return this.#secret === undefined
      ? hash('sha256', data, 'buffer')
      : createHmac('sha256', this.#secret).update(data).digest();
  }

  reset(): void {
    this.#given = [];
  }
}
