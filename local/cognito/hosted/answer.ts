// Answers that are not pages: redirects, and JSON for the endpoints an application calls.
import type { Answer } from './visit.ts';

/** An application in a browser calls these from its own origin; they go by what the call carries, never by cookies. */
export const crossOrigin = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, content-type',
  'access-control-allow-methods': 'GET, POST, OPTIONS',
};

export const json = (status: number, body: object, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: {
    'content-type': 'application/json;charset=UTF-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...crossOrigin,
    ...headers,
  },
  body: JSON.stringify(body),
});

/** Sends the browser on by GET. `cookies` are whole Set-Cookie lines. */
export const redirect = (location: string, cookies: readonly string[] = []): Answer => ({
  status: 303,
  headers: {
    location,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    ...(cookies.length > 0 && { 'set-cookie': cookies }),
  },
  body: '',
});

/** An address with parameters added, whatever its scheme; those that are undefined are left out. */
export const withParameters = (address: string, parameters: Readonly<Record<string, string | undefined>>): string => {
  const there = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const query = new URLSearchParams(there).toString();
  return `${address}${address.includes('?') ? '&' : '?'}${query}`;
};
