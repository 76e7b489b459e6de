// The examples AWS publishes with their signatures ("Signature Calculations for the Authorization Header" and
// "Authenticating Requests: Using Query Parameters", Amazon S3 API Reference), and what is not to be believed.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeStrict, verifySignature, type WireRequest } from '../../../local/signature/index.ts';

const key = 'AKIAIOSFODNN7EXAMPLE';
const now = Date.parse('2013-05-24T00:00:00Z');
const options = {
  service: 's3',
  secretOf: (id: string) => (id === key ? 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' : undefined),
  now,
};
const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const host = 'examplebucket.s3.amazonaws.com';

const signed = (headers: string, signature: string): string =>
  `AWS4-HMAC-SHA256 Credential=${key}/20130524/us-east-1/s3/aws4_request,SignedHeaders=${headers},Signature=${signature}`;

const get: WireRequest = {
  method: 'GET',
  path: '/test.txt',
  query: '',
  headers: {
    host,
    range: 'bytes=0-9',
    'x-amz-content-sha256': empty,
    'x-amz-date': '20130524T000000Z',
    authorization: signed(
      'host;range;x-amz-content-sha256;x-amz-date',
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    ),
  },
};

const link: WireRequest = {
  method: 'GET',
  path: '/test.txt',
  query: [
    'X-Amz-Algorithm=AWS4-HMAC-SHA256',
    `X-Amz-Credential=${key}%2F20130524%2Fus-east-1%2Fs3%2Faws4_request`,
    'X-Amz-Date=20130524T000000Z',
    'X-Amz-Expires=86400',
    'X-Amz-SignedHeaders=host',
    'X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
  ].join('&'),
  headers: { host },
};

test('the published examples are believed: header, query string, a list', () => {
  expect(verifySignature(get, options)).toEqual({ accessKeyId: key, payloadHash: empty, presigned: false });
  expect(verifySignature(link, options)).toEqual({
    accessKeyId: key,
    payloadHash: 'UNSIGNED-PAYLOAD',
    presigned: true,
  });
  const { range: _, ...headers } = get.headers;
  const list: WireRequest = {
    method: 'GET',
    path: '/',
    query: 'max-keys=2&prefix=J',
    headers: {
      ...headers,
      authorization: signed(
        'host;x-amz-content-sha256;x-amz-date',
        '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
      ),
    },
  };
  expect(verifySignature(list, options).accessKeyId).toBe(key);
  expect(verifySignature({ ...list, query: 'prefix=J&max-keys=2' }, options).accessKeyId).toBe(key);
});

test('a request changed in any part after it was signed is not believed', () => {
  const changed: WireRequest[] = [
    { ...get, method: 'PUT' },
    { ...get, path: '/test.txt/' },
    { ...get, query: 'acl' },
    ...['host', 'range', 'x-amz-content-sha256'].map((name) => ({ ...get, headers: { ...get.headers, [name]: 'x' } })),
  ];
  for (const request of changed)
    expect(() => verifySignature(request, options)).toThrow(expect.objectContaining({ code: 'SignatureDoesNotMatch' }));
  const added = { ...get, headers: { ...get.headers, 'x-amz-acl': 'public-read' } };
  expect(() => verifySignature(added, options)).toThrow(expect.objectContaining({ code: 'AccessDenied' }));
});

test('a signature is of its time, its service and its key', () => {
  const refused = (request: WireRequest, more: object): string => {
    try {
      verifySignature(request, { ...options, ...more });
      return 'believed';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  expect(refused(get, { now: now + 15 * 60_000 })).toBe('believed');
  expect(refused(get, { now: now + 15 * 60_000 + 1 })).toBe('RequestTimeTooSkewed');
  expect(refused(get, { now: now - 15 * 60_000 - 1 })).toBe('RequestTimeTooSkewed');
  expect(refused(link, { now: now + 86_400_000 })).toBe('believed');
  expect(refused(link, { now: now + 86_400_001 })).toBe('AccessDenied');
  expect(refused(get, { service: 'sqs' })).toBe('AuthorizationHeaderMalformed');
  expect(refused(get, { secretOf: () => undefined })).toBe('InvalidAccessKeyId');
  expect(refused(get, { secretOf: () => 'another' })).toBe('SignatureDoesNotMatch');
});

test('whatever stands in place of a signature is refused with a reason, and nothing else happens', () => {
  const near = fc
    .string()
    .map((text) => `AWS4-HMAC-SHA256 Credential=${text}, SignedHeaders=host, Signature=${'0'.repeat(64)}`);
  fc.assert(
    fc.property(fc.oneof(fc.string(), near), (authorization) => {
      const request = { ...get, headers: { ...get.headers, authorization } };
      expect(() => verifySignature(request, options)).toThrow(expect.objectContaining({ name: 'SignatureRefused' }));
    }),
  );
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom('Algorithm', 'Credential', 'Date', 'Expires', 'SignedHeaders', 'Signature'),
        fc.string(),
      ),
      (said) => {
        const query = Object.entries(said).map(([name, value]) => `X-Amz-${name}=${encodeStrict(value)}`);
        const request = { ...link, query: query.join('&') };
        expect(() => verifySignature(request, options)).toThrow(expect.objectContaining({ name: 'SignatureRefused' }));
      },
    ),
  );
});

test('encoding leaves the unreserved signs alone and can be undone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(encodeStrict(text)).toMatch(/^([A-Za-z0-9._~-]|%[0-9A-F]{2})*$/);
      expect(decodeURIComponent(encodeStrict(text))).toBe(text);
    }),
  );
});
