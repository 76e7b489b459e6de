import { createHmac } from 'node:crypto';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCloud, credentials } from './cloud.ts';

let cloud: Awaited<ReturnType<typeof aCloud>>;
beforeAll(async () => {
  cloud = await aCloud();
});
afterAll(() => cloud.end());

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** A signed form as the S3 documentation describes it, made here from the text of the documentation. */
const aForm = (
  options: { secret?: string; lives?: number; fields?: Record<string, string>; conditions?: unknown[] } = {},
) => {
  const date = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const day = date.slice(0, 8);
  const fields: Record<string, string> = {
    key: 'uploads/${filename}',
    'Content-Type': 'image/png',
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': `${credentials.accessKeyId}/${day}/us-east-1/s3/aws4_request`,
    'x-amz-date': date,
    ...options.fields,
  };
  const conditions = options.conditions ?? [
    { bucket: 'media' },
    ['starts-with', '$key', 'uploads/'],
    ['starts-with', '$Content-Type', 'image/'],
    ['content-length-range', 3, 10],
    { 'x-amz-algorithm': fields['x-amz-algorithm'] },
    { 'x-amz-credential': fields['x-amz-credential'] },
    { 'x-amz-date': date },
  ];
  const expiration = new Date(Date.now() + (options.lives ?? 60_000)).toISOString();
  const policy = Buffer.from(JSON.stringify({ expiration, conditions })).toString('base64');
  const key = hmac(
    hmac(hmac(hmac(`AWS4${options.secret ?? credentials.secretAccessKey}`, day), 'us-east-1'), 's3'),
    'aws4_request',
  );
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('policy', policy);
  form.set('x-amz-signature', hmac(key, policy).toString('hex'));
  return form;
};

const post = async (form: FormData, file: string, name = 'a.png') => {
  form.set('file', new File([file], name));
  const answer = await fetch(`${cloud.url}/media`, { method: 'POST', body: form, redirect: 'manual' });
  const text = await answer.text();
  return { status: answer.status, text, headers: answer.headers };
};

test('a browser form puts a file where its policy allows', async () => {
  const answer = await post(aForm(), '12345');
  expect(answer.status).toBe(204);
  const found = await cloud.s3().send(new GetObjectCommand({ Bucket: 'media', Key: 'uploads/a.png' }));
  expect([found.ContentType, await found.Body?.transformToString()]).toEqual(['image/png', '12345']);
});

test.each([
  ['a file too large', {}, '12345678901', 'EntityTooLarge'],
  ['a file too small', {}, '12', 'EntityTooSmall'],
  ['another type', { fields: { 'Content-Type': 'text/html' } }, '12345', 'Policy Condition failed'],
  ['another key', { fields: { key: 'scripts/x' } }, '12345', 'Policy Condition failed'],
  [
    'a field the policy does not know',
    { fields: { 'x-amz-meta-a': '1' } },
    '12345',
    'Extra input fields: x-amz-meta-a',
  ],
  ['a wrong secret', { secret: 'guess' }, '12345', 'does not match the signature'],
  ['an expired policy', { lives: -1000 }, '12345', 'Policy expired'],
  ['a key that climbs out', { fields: { key: 'uploads/../../x' } }, '12345', 'InvalidURI'],
])('%s is refused', async (_, options, file, reason) => {
  expect((await post(aForm(options), file)).text).toContain(reason);
});

test('a form without a signature is refused', async () => {
  const form = aForm();
  form.delete('x-amz-signature');
  expect(await post(form, '12345')).toMatchObject({ status: 403, text: expect.stringContaining('AccessDenied') });
});

test('a form may ask for an answer in XML or for a redirect', async () => {
  const conditions = [{ bucket: 'media' }, ['starts-with', '$', ''], ['starts-with', '$key', '']];
  const named = (fields: Record<string, string>) =>
    aForm({
      fields,
      conditions: [
        ...conditions,
        ...['Content-Type', 'x-amz-algorithm', 'x-amz-credential', 'x-amz-date', ...Object.keys(fields)].map((name) => [
          'starts-with',
          `$${name}`,
          '',
        ]),
      ],
    });
  expect(await post(named({ success_action_status: '201' }), 'x')).toMatchObject({
    status: 201,
    text: expect.stringContaining('<Key>uploads/a.png</Key>'),
  });
  const redirected = await post(named({ success_action_redirect: 'https://app.example/done' }), 'x');
  expect([redirected.status, redirected.headers.get('location')]).toEqual([
    303,
    expect.stringMatching(/^https:\/\/app\.example\/done\?bucket=media&key=uploads%2Fa\.png&etag=/),
  ]);
});
