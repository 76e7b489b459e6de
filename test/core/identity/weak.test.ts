// Passwords that fit the policy and are guessed first.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { weakness } from '../../../core/identity/weak.ts';

const person = { email: 'mei.lin@example.com', name: '林晚 Lantern Wu' };

const common = [
  'Password123!',
  'P@ssw0rd2026!',
  'Welcome@2026',
  'Qwerty123!@#',
  'Admin@123456',
  '1qaz@WSX3edc',
  '1Qaz2wsx3edc!',
  'Zaq12wsx!!',
  'Woaini1314!',
  'Abcd@12345',
  'Aa1!Aa1!Aa1!',
  'Iloveyou2026!',
  'Scriptloom1!',
  '!!Summer2026',
];

describe('too common', () => {
  test.each(common)('%s', (password) => expect(weakness(password, person)?.en).toMatch(/common/));
});

describe('of the person', () => {
  test.each(['Xy9!mei.lin-77Q', '7Lantern!Qx9z', 'Pq8!林晚-zzzR', 'lanternWU-90!x'])('%s', (password) =>
    expect(weakness(password, person)?.en).toMatch(/e-mail or name/),
  );
});

test('good ones are let through, and short parts of a name do not count', () => {
  for (const password of ['Correct-horse-9', 'Tr0ub4dor&3xyz', '夜雨-Rainy-Lane-77', 'Wu7!ocean-kettle'])
    expect(weakness(password, person)).toBeUndefined();
});

test('it is decided for any password, and never by its case alone', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.constantFrom(...common), fc.string({ maxLength: 256 })),
      fc.emailAddress(),
      (password, email) => {
        const ascii = password.replace(/[^ -~]/g, '');
        expect(weakness(ascii, { email })).toEqual(weakness(ascii.toUpperCase(), { email }));
      },
    ),
  );
});
