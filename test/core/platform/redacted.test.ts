// What an audit line may tell: everything of a change but what opens something.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hidden, redacted } from '../../../core/platform/redacted.ts';

describe('an audit line', () => {
  test.each([
    'password',
    'newPassword',
    'api_key',
    'apiKey',
    'client-secret',
    'refreshToken',
    'token',
    'Authorization',
    'otp',
    'code',
    'credentials',
    'session',
  ])('does not tell the value of %s, however deep it lies', (name) => {
    const canary = 'lantern-canary';
    for (const held of [canary, [canary], { a: canary }])
      expect(JSON.stringify(redacted({ list: [{ [name]: held, title: '锦灯记' }] }))).not.toContain(canary);
    expect(redacted({ [name]: canary, title: '锦灯记' })).toEqual({ [name]: hidden, title: '锦灯记' });
  });

  const secret = fc.constantFrom(
    'slk_01j9abcdefgh',
    'sk-proj-abcdefgh12345678',
    'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln',
    '-----BEGIN RSA PRIVATE KEY-----',
    'AKIAABCDEFGHIJKLMNOP',
    'https://media.example/x?X-Amz-Signature=abc',
    'Bearer abcdefgh12345678',
  );
  test('tells no key, token or signed link, in whatever field and sentence it stands', () => {
    fc.assert(
      fc.property(secret, fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (canary, before, name) => {
        const line = JSON.stringify(redacted({ [`${name}x`]: [`${before} ${canary} more`] }));
        expect(line).not.toContain(canary);
      }),
    );
  });

  test('tells names, numbers, yes and no, and nothing, as they are', () => {
    const change = {
      title: '第二部',
      price: 12,
      isActive: true,
      tokens: 90,
      project: null,
      roles: ['owner'],
      lastFour: '9f2c',
    };
    expect(redacted(change)).toEqual(change);
  });

  test('cuts a long text, never in the middle of a character', () => {
    const { text } = redacted({ text: '🏮'.repeat(1000) }) as { text: string };
    expect(text.length).toBeLessThan(600);
    expect(text.isWellFormed()).toBe(true);
  });
});
