// Checksums a caller may send with a body: incremental, base64 at the end.
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { S3Failure } from './failure.ts';

const algorithms = ['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const;
export type Algorithm = (typeof algorithms)[number];

/** `x-amz-checksum-crc32` and the like. */
export const checksumHeader = (algorithm: Algorithm): string => `x-amz-checksum-${algorithm.toLowerCase()}`;

export type Digest = { update(chunk: Buffer): void; base64(): string };

// Castagnoli polynomial, reflected.
const castagnoli = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value >>> 0;
});

const crc32c = (chunk: Buffer, before: number): number => {
  let crc = ~before >>> 0;
  for (const byte of chunk) crc = (castagnoli[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
};

const cyclic = (step: (chunk: Buffer, before: number) => number): Digest => {
  let crc = 0;
  return {
    update: (chunk) => {
      crc = step(chunk, crc);
    },
    base64: () => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(crc);
      return bytes.toString('base64');
    },
  };
};

const hashing = (name: string): Digest => {
  const hash = createHash(name);
  return {
    update: (chunk) => {
      hash.update(chunk);
    },
    base64: () => hash.digest('base64'),
  };
};

/** A fresh digest; feed it chunks in order. */
export const digestOf = (algorithm: Algorithm): Digest => {
  if (algorithm === 'CRC32') return cyclic((chunk, before) => crc32(chunk, before));
  if (algorithm === 'CRC32C') return cyclic(crc32c);
  return hashing(algorithm.toLowerCase());
};

/** The algorithm of a name in a header value, any case. Throws NotImplemented for CRC64NVME, InvalidRequest for nonsense. */
export const algorithmNamed = (name: string): Algorithm => {
  const wanted = name.toUpperCase();
  const found = algorithms.find((algorithm) => algorithm === wanted);
  if (found) return found;
  if (wanted === 'CRC64NVME')
    throw new S3Failure('NotImplemented', 'CRC64NVME is not available in the local cloud; use CRC32 or SHA256.');
  throw new S3Failure(
    'InvalidRequest',
    `Checksum algorithm provided is unsupported. Please try again with any of the valid types: [${algorithms.join(', ')}]`,
  );
};

/** The checksum a request announces: its algorithm and, unless it comes in a trailer, its value. */
export const announced = (
  header: (name: string) => string | undefined,
): { algorithm: Algorithm; value?: string } | undefined => {
  for (const algorithm of algorithms) {
    const value = header(checksumHeader(algorithm));
    if (value !== undefined) return { algorithm, value };
  }
  const trailer = header('x-amz-trailer')?.trim().toLowerCase();
  if (trailer?.startsWith('x-amz-checksum-')) return { algorithm: algorithmNamed(trailer.slice(15)) };
  const named = header('x-amz-sdk-checksum-algorithm') ?? header('x-amz-checksum-algorithm');
  if (named !== undefined) return { algorithm: algorithmNamed(named) };
  if (header('x-amz-checksum-crc64nvme') !== undefined) algorithmNamed('CRC64NVME');
  return undefined;
};
