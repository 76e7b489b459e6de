// `npm run platform-admin -- EMAIL`: makes a registered person one of those who run the platform.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AdminAddUserToGroupCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { platformGroup } from '../core/admin/group.ts';
import { joinGroup } from '../local/cognito/group.ts';
import { Refusal } from '../local/refusal.ts';

const usage = `Usage: npm run platform-admin -- EMAIL [--pool ID | --state DIR]
  EMAIL        address of somebody who is registered
  --pool ID    a user pool on AWS: the output UserPoolId of the stack Scriptloom-<stage>-Data; credentials are taken as the AWS CLI takes them
  --state DIR  the local cloud with this state folder (.local; or SCRIPTLOOM_STATE)`;

class WrongUsage extends Error {}

async function onAws(pool: string, email: string): Promise<void> {
  const command = new AdminAddUserToGroupCommand({ UserPoolId: pool, Username: email, GroupName: platformGroup });
  // a pool's id begins with its region
  const [region = ''] = pool.split('_');
  await new CognitoIdentityProviderClient({ region }).send(command);
}

function read(args: string[]) {
  const text = { type: 'string' } as const;
  const options = { pool: text, state: text, help: { type: 'boolean', short: 'h' } } as const;
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new WrongUsage(`${(error as Error).message}\n${usage}`);
  }
}

async function run(args: string[]): Promise<void> {
  const { values, positionals } = read(args);
  if (values.help) return console.log(usage);
  const [email, ...more] = positionals;
  if (!email?.includes('@') || more.length > 0 || (values.pool && values.state)) throw new WrongUsage(usage);
  if (values.pool) await onAws(values.pool, email);
  else joinGroup(join(values.state ?? process.env.SCRIPTLOOM_STATE ?? '.local', 'cognito'), email, platformGroup);
  console.log(
    `${email} 现可管理平台：重新登录后生效，并须先绑定身份验证器。\n` +
      `${email} runs the platform now: sign in again, with an authenticator app set up.`,
  );
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  // what a person can mend is a sentence
  const isMendable =
    error instanceof WrongUsage ||
    error instanceof Refusal ||
    /Exception$|^CredentialsProviderError$/.test((error as Error).name);
  console.error(isMendable ? (error as Error).message : error);
  process.exitCode = 1;
}
