// AWS Signature Version 4 at the doors of the local cloud.
export { decode, encodeStrict, queryPairs, type WireRequest } from './canonical.ts';
export { SignatureRefused } from './claim.ts';
export { sameHex, signingKey, verifySignature } from './verify.ts';
