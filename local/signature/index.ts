// AWS Signature Version 4 at the doors of the local cloud.
export { decode, encodeStrict, queryPairs, type WireRequest } from './canonical.ts';
export { SignatureRefused, tokenName } from './claim.ts';
export { signerOf } from './signer.ts';
export { type SecretOf, sameHex, secretFor, signingKey, verifySignature } from './verify.ts';
