// Client request tokens of transactions: within ten minutes the same token and request is the same transaction.
// Source: TransactWriteItems (Amazon DynamoDB API Reference), ClientRequestToken.
import { hash } from 'node:crypto';
import { DynamoFailure } from '../failure.ts';
import type { World } from './call.ts';

/** How long a token is known, milliseconds. */
export const TOKEN_LIFE = 10 * 60_000;

/** JSON with the members of objects in one order. */
const canonical = (content: unknown): string => {
  if (typeof content !== 'object' || content === null) return JSON.stringify(content);
  if (Array.isArray(content)) return `[${content.map(canonical).join(',')}]`;
  const members = content as Record<string, unknown>;
  const named = Object.keys(members)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(members[name])}`);
  return `{${named.join(',')}}`;
};

/**
 * Whether this transaction was done already; otherwise its token is kept (with the transaction's commit).
 * Throws IdempotentParameterMismatchException when the token came with another request.
 */
export const replay = (token: string | undefined, request: unknown, { store, now }: World): boolean => {
  if (token === undefined) return false;
  const [digest, at] = [hash('sha256', canonical(request)), now()];
  const known = store.db.sql('SELECT digest, at FROM token WHERE token = ?').get(token) as unknown as
    | [string, number]
    | undefined;
  if (known && at - known[1] < TOKEN_LIFE) {
    if (known[0] === digest) return true;
    const message =
      'The request uses the same client token as a previous, but non-identical request. Do not reuse a client token with different requests, unless the requests are identical';
    throw new DynamoFailure('IdempotentParameterMismatchException', message);
  }
  store.db.sql('INSERT OR REPLACE INTO token VALUES (?, ?, ?)').run(token, digest, at);
  return false;
};
