// Where mails come from: a domain is made known to SES first, and sends when it is said to be verified.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { type StageConfig, stages } from '../../lib/config.ts';
import { grantOf } from '../../lib/patterns/grants.ts';
import { DataStack } from '../../lib/stacks/data.ts';
import { placeholders } from './kit/stage.ts';

const by = (isVerified: boolean): StageConfig => ({
  ...stages.dev,
  mail: { domain: 'studio.example', from: 'no-reply@studio.example', isVerified },
});

const flags = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')).context;

/** The data stack of that stage, with the flags that a deployment has. */
function dataOf(config: StageConfig): Template {
  const bundles = placeholders(mkdtempSync(join(tmpdir(), 'scriptloom-mail-')));
  try {
    return Template.fromStack(new DataStack(new App({ context: { ...flags, bundles } }), 'Data', { config }));
  } finally {
    rmSync(bundles, { recursive: true, force: true });
  }
}

const sending = (template: Template) =>
  Object.values(template.findResources('AWS::Cognito::UserPool')).map(
    ({ Properties }) => Properties.EmailConfiguration?.EmailSendingAccount,
  );
const recordsIn = (template: Template) =>
  Object.keys(template.toJSON().Outputs).filter((id) => id.startsWith('MailRecord'));
const grantedBy = (config: StageConfig) => grantOf('mail:send', new Stack(), {}, config);

test('a domain that is not verified is made known to SES, its DNS records are told, and nothing is mailed by it', () => {
  const template = dataOf(by(false));
  template.hasResourceProperties('AWS::SES::EmailIdentity', { EmailIdentity: 'studio.example' });
  expect(recordsIn(template)).toHaveLength(3);
  expect(sending(template)).toEqual([undefined]);
  expect(grantedBy(by(false))).toEqual({});
});

test('one that is verified sends the codes of the pool and our mails', () => {
  const template = dataOf(by(true));
  template.hasResourceProperties('AWS::SES::EmailIdentity', { EmailIdentity: 'studio.example' });
  expect(recordsIn(template)).toEqual([]);
  expect(sending(template)).toEqual(['DEVELOPER']);
  expect(grantedBy(by(true)).env).toEqual({ MAIL_FROM: 'no-reply@studio.example' });
});

test.each([
  ['of two stages that mail from one domain one makes it known; the other sends by it all the same', 'prod'],
  ['a domain that SES knows already is not made known again, and is sent by all the same', 'hand'],
] as const)('%s', (_, madeBy) => {
  const { mail, ...dev } = by(true);
  const template = dataOf({ ...dev, ...(mail && { mail: { ...mail, madeBy } }) });
  template.resourceCountIs('AWS::SES::EmailIdentity', 0);
  expect(sending(template)).toEqual(['DEVELOPER']);
});
