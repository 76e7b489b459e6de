// The platform's keys: read once in five minutes, and the last reading serves while there is no other.
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { secretReader } from '../../core/ai/keys/secrets.ts';

const minutes = 60_000;
let at = 1_000_000_000;
/** What the service says, or throws; and how often it was asked. */
let says: string | Error;
let asked: number;
beforeEach(() => {
  [says, asked] = [JSON.stringify({ openai: { key: 'first' } }), 0];
  vi.spyOn(SecretsManagerClient.prototype, 'send').mockImplementation(async () => {
    asked++;
    if (says instanceof Error) throw says;
    return { SecretString: says };
  });
});
afterEach(() => vi.restoreAllMocks());

const throttled = new Error('Rate exceeded');
const aReader = () => secretReader('models', () => at);

describe('the secret of the platform’s keys', () => {
  test('is read again after five minutes', async () => {
    const read = aReader();
    expect([await read('openai'), await read('gemini')]).toEqual([{ key: 'first' }, undefined]);
    says = JSON.stringify({ openai: { key: 'second' } });
    expect(await read('openai')).toEqual({ key: 'first' });
    expect(asked).toBe(1);
    at += 5 * minutes;
    expect(await read('openai')).toEqual({ key: 'second' });
  });

  test.each([
    ['cannot be had', throttled],
    ['has the wrong form', '{"openai":"sk-bare"}'],
  ] as const)(
    'that %s now serves as it was read last, for ten minutes, and is asked for now and then',
    async (_, wrong) => {
      const read = aReader();
      await read('openai');
      says = wrong;
      at += 5 * minutes;
      for (let time = 0; time < 5; time++) expect(await read('openai')).toEqual({ key: 'first' });
      expect(asked).toBe(2);
      at += 9 * minutes;
      expect(await read('openai')).toEqual({ key: 'first' });
      at += 2 * minutes;
      await expect(read('openai')).rejects.toThrow();
    },
  );

  test('that can be had again is the new one within seconds', async () => {
    const read = aReader();
    await read('openai');
    says = throttled;
    at += 5 * minutes;
    await read('openai');
    says = JSON.stringify({ openai: { key: 'second' } });
    at += 10_000;
    expect(await read('openai')).toEqual({ key: 'second' });
  });

  test('that was never read is told at once', async () => {
    says = throttled;
    await expect(aReader()('openai')).rejects.toBe(throttled);
  });
});
