// Who may do what: least privilege, read off the templates.
import { beforeAll, describe, expect, test } from 'vitest';
import { catalog, type FunctionName, type FunctionSpec } from '../../functions/catalog.ts';
import { evaluate } from '../../local/iam/evaluate.ts';
import { type Plan, readPlan } from '../../local/template/plan.ts';
import type { RolePlan } from '../../local/template/role.ts';
import { type WorkflowName, workflows } from '../../statemachines/index.ts';
import { type Synthesised, synthesised } from './kit/stage.ts';

let made: Synthesised;
let plan: Plan;

beforeAll(async () => {
  made = await synthesised('prod');
  plan = readPlan(made.folder);
});

type Statement = { Effect: string; Action: string | string[]; Resource: unknown; Condition?: unknown };

/** Of policies beside roles and of those in them. */
const identityStatements = (): { path: string; statement: Statement }[] =>
  [
    ...made.of('AWS::IAM::Policy'),
    ...made
      .of('AWS::IAM::Role')
      .flatMap(({ path, properties: { Policies = [] } }) =>
        Policies.map((properties: object) => ({ path, properties })),
      ),
  ].flatMap(({ path, properties }) =>
    properties.PolicyDocument.Statement.map((statement: Statement) => ({ path, statement })),
  );

const functionNamed = (name: string) => {
  const found = plan.functions.find(({ path }) => path.split('/').at(-3) === name);
  if (!found) throw new Error(`${name} is not in the plan`);
  return found;
};

const roleOf = (arn: string): RolePlan => {
  const found = plan.roles.find((role) => role.arn === arn);
  if (!found) throw new Error(`${arn} is not in the plan`);
  return found;
};

/** The role under which a function touches what belongs to tenants: with the session of one, or its own where it works across them. */
const dataRoleOf = (name: string): RolePlan => {
  const { environment, role } = functionNamed(name);
  return roleOf(environment.DATA_ROLE_ARN ?? role);
};

const tenant = '01h00000000000000000000000';

/** What a request of a tenant's session says of itself. `key`: the partition key it asks for. */
const asked = (action: string, key: string): Record<string, string[]> => ({
  'aws:PrincipalTag/tenantId': [tenant],
  'dynamodb:LeadingKeys': [key],
  's3:prefix': [`tenants/${tenant}/`],
  'kms:ViaService': [`${action.split(':')[0]}.us-east-1.amazonaws.com`],
});

const may = (role: RolePlan, action: string, resource: string, key = `T#${tenant}`): boolean =>
  evaluate(role.statements, { action, resource, context: asked(action, key) }) === 'allowed';

test('no action holds a wildcard', () => {
  for (const { path, statement } of identityStatements())
    for (const action of [statement.Action].flat()) expect(action, path).not.toContain('*');
});

test('no role takes a managed policy: all it may do is written in the template', () => {
  for (const { properties, path } of made.of('AWS::IAM::Role'))
    expect(properties.ManagedPolicyArns ?? [], path).toEqual([]);
});

test('wildcards in resources stand only behind a name of ours, or where AWS gives no choice', () => {
  const named = [
    /^arn:aws:s3:::[a-z0-9-]+\/tenants\/(\$\{aws:PrincipalTag\/tenantId\}\/)?\*$/,
    // tenants' own places: any of this stage for those who work across tenants
    /^arn:aws:s3:::scriptloom-prod-(\$\{aws:PrincipalTag\/tenantId\}|\*)-0{12}(\/tenants\/(\$\{aws:PrincipalTag\/tenantId\}\/)?\*)?$/,
    /^arn:aws:dynamodb:us-east-1:0{12}:table\/scriptloom-prod-\*-(core|ephemeral|audit)(\/index\/gsi\d|\/stream\/\*)?$/,
    /^arn:aws:states:us-east-1:0{12}:execution:[\w-]+:\*$/,
    /^arn:aws:execute-api:us-east-1:0{12}:[a-z0-9]+\/ws\/(POST|DELETE)\/@connections\/\*$/,
    /^arn:aws:dynamodb:us-east-1:0{12}:table\/[\w-]+\/stream\/\*$/,
    /^arn:aws:logs:us-east-1:0{12}:log-group:[\w-]+:\*$/,
  ];
  const everywhere =
    /^(xray:(PutTraceSegments|PutTelemetryRecords|GetSamplingRules|GetSamplingTargets)|logs:\w+(Log)?(Delivery|Deliveries|ResourcePolic(y|ies)|LogGroups))$/;
  for (const { name, statements } of plan.roles)
    for (const { actions, resources, conditions } of statements)
      for (const resource of resources.filter((one) => one.includes('*')))
        if (resource === anyKey)
          expect(aliasesIn(conditions), name).toMatch(/^alias\/scriptloom-prod-(\$\{aws:PrincipalTag\/tenantId\}|\*)$/);
        else if (resource === '*') for (const action of actions) expect(action, name).toMatch(everywhere);
        else
          expect(
            named.some((form) => form.test(resource)),
            `${name}: ${resource}`,
          ).toBe(true);
});

const anyKey = 'arn:aws:kms:us-east-1:000000000000:key/*';

/** The aliases that a statement asks of keys. */
const aliasesIn = (conditions: RolePlan['statements'][number]['conditions']): string =>
  ['StringEquals', 'StringLike']
    .flatMap((operator) => conditions[`ForAnyValue:${operator}`]?.['kms:ResourceAliases'] ?? [])
    .join();

test('each role is taken by one service or by one function, and no two functions share one', () => {
  const roles = plan.functions.map(({ role }) => role);
  expect(new Set(roles).size).toBe(roles.length);
  for (const { name, arn, trust } of plan.roles) {
    const takers = [...new Set(trust.flatMap(({ principals }) => principals))];
    expect(takers, name).toHaveLength(1);
    const owner = plan.functions.find(({ environment }) => environment.DATA_ROLE_ARN === arn);
    if (owner) expect(takers, name).toEqual([owner.role]);
    else expect(takers[0], name).toMatch(/^(lambda|states|scheduler)\.amazonaws\.com$/);
  }
});

test('what crosses tenants says so in the catalog; requests and steps never do, but for those who run the platform', () => {
  for (const [name, spec] of Object.entries(catalog) as [FunctionName, FunctionSpec][]) {
    const { DATA_ROLE_ARN } = functionNamed(name).environment;
    if (spec.across !== undefined && name !== 'http-platform')
      expect([name, spec.trigger]).not.toEqual([name, expect.stringMatching(/^(http|task|socket)$/)]);
    if (spec.across !== undefined) expect(DATA_ROLE_ARN, name).toBeUndefined();
  }
});

describe.each(Object.keys(workflows) as WorkflowName[])('the machine of %s', (name) => {
  const called = (state: unknown): string[] =>
    Object.entries(state as Record<string, unknown>).flatMap(([key, value]) =>
      key === 'Resource' ? [String(value)] : value && typeof value === 'object' ? called(value) : [],
    );
  const stepsOf = () =>
    [...new Set(Object.values(workflows[name].tasks))].map((step) => functionNamed(step).arn).sort();
  const machineOf = () => {
    const found = plan.machines.find(({ definition }) => called(definition).includes(stepsOf()[0] ?? ''));
    if (!found) throw new Error(`no machine calls the steps of ${name}`);
    return found;
  };

  test('may call every function its definition calls, and no other', () => {
    const machine = machineOf();
    const wanted = [...new Set(called(machine.definition))].sort();
    const granted = roleOf(machine.role)
      .statements.filter(({ actions }) => actions.includes('lambda:InvokeFunction'))
      .flatMap(({ resources }) => resources);
    expect([...new Set(granted)].sort()).toEqual(wanted);
    expect(wanted).toEqual(stepsOf());
  });

  test('is started by the publisher, and work by the sweep, which finds what was never begun; by nobody else', () => {
    const starters = plan.functions.filter(({ role }) => may(roleOf(role), 'states:StartExecution', machineOf().arn));
    expect(starters.map(({ path }) => path.split('/').at(-3) ?? '').sort()).toEqual([
      ...(name.startsWith('tenant-') ? [] : ['schedule-sweep']),
      'stream-publish',
    ]);
  });
});

describe.each(Object.entries(catalog) as [FunctionName, FunctionSpec][])('%s', (name, spec) => {
  const can = (capability: string) => (spec.can as readonly string[]).includes(capability);
  const table = (part: string) => plan.tables.find(({ name: one }) => one.includes(part))?.arn ?? '';

  test('touches the tables its row of the catalog names, and no others', () => {
    for (const [noun, part] of [
      ['core', 'Core'],
      ['directory', 'Directory'],
      ['ephemeral', 'Ephemeral'],
    ] as const) {
      const role = noun === 'directory' ? roleOf(functionNamed(name).role) : dataRoleOf(name);
      const writes = can(`${noun}:write`);
      const reads = writes || can(`${noun}:read`);
      expect(may(role, 'dynamodb:GetItem', table(part)), `read ${noun}`).toBe(reads);
      expect(may(role, 'dynamodb:PutItem', table(part)), `write ${noun}`).toBe(writes);
      expect(may(role, 'dynamodb:Scan', table(part)), `scan ${noun}`).toBe(false);
    }
    expect(may(dataRoleOf(name), 'dynamodb:UpdateItem', table('Core'))).toBe(can('core:write') || can('sign-ins:note'));
    expect(may(dataRoleOf(name), 'dynamodb:UpdateItem', table('Core'), 'T#another')).toBe(
      spec.across !== undefined && can('core:write'),
    );
    const index = `${table('Core')}/index/gsi1`;
    expect(may(dataRoleOf(name), 'dynamodb:Query', index, `T#${tenant}#TASK`)).toBe(
      can('core:read') || can('core:write'),
    );
  });

  test('reaches rows of no tenant as its row of the catalog says, and under its own role no row of a tenant', () => {
    const role = roleOf(functionNamed(name).role);
    const shared = [
      ['open-requests:write', 'UpdateItem', 'IDEM#x'],
      ['tickets:write', 'PutItem', 'TICKET#x'],
      ['sockets:write', 'Query', 'SOCKET#x'],
      ['reminders:write', 'PutItem', 'DUE#2026-11-28T18'],
      ['failed-sign-ins:write', 'UpdateItem', 'SIGNIN#x'],
      ['breakers:write', 'GetItem', 'BREAKER#x'],
    ] as const;
    for (const [capability, action, key] of shared)
      expect(may(role, `dynamodb:${action}`, table('Ephemeral'), key), key).toBe(
        can(capability) ||
          (spec.across !== undefined && can('ephemeral:write')) ||
          (key.startsWith('TICKET') && can('sockets:write') && action === 'PutItem'),
      );
    if (spec.across === undefined)
      for (const part of ['Core', 'Ephemeral', 'Audit'])
        for (const action of ['GetItem', 'Query', 'PutItem', 'DeleteItem'])
          expect(may(role, `dynamodb:${action}`, table(part)), `${action} ${part}`).toBe(false);
  });

  test('may add audit lines as its row of the catalog says, and never change or take one away', () => {
    const role = dataRoleOf(name);
    const decided = (action: string) =>
      evaluate(role.statements, {
        action: `dynamodb:${action}`,
        resource: table('Audit'),
        context: asked('dynamodb', `T#${tenant}`),
      });
    const adds = can('audit:write');
    expect(decided('PutItem')).toBe(adds ? 'allowed' : 'not allowed');
    for (const action of ['UpdateItem', 'DeleteItem', 'BatchWriteItem'])
      expect(decided(action)).toBe(adds ? 'explicitly denied' : 'not allowed');
    if (can('core:write')) expect(adds, 'who commits leaves a line').toBe(true);
    expect(may(role, 'dynamodb:Query', table('Audit'))).toBe(can('audit:read'));
    const index = `${table('Audit')}/index/gsi1`;
    expect(may(role, 'dynamodb:Query', index, `T#${tenant}#O#prj_1`)).toBe(can('audit:read'));
  });

  test('reaches objects of tenants only, and only as granted', () => {
    const role = dataRoleOf(name);
    const bucket = plan.buckets.find(({ name: one }) => one.includes('mediabucket'))?.arn ?? '';
    const object = `${bucket}/tenants/${tenant}/files/x`;
    expect(may(role, 's3:GetObject', object)).toBe(can('media:read') || can('media:write'));
    expect(may(role, 's3:PutObject', object)).toBe(can('media:write'));
    expect(may(role, 's3:DeleteObject', object)).toBe(can('media:delete') || can('media:purge'));
    expect(may(role, 's3:DeleteObjectVersion', object), 'for good').toBe(can('media:purge'));
    for (const action of ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion'])
      expect(may(role, action, `${bucket}/elsewhere/x`)).toBe(false);
    if (spec.across === undefined)
      expect(may(role, 's3:DeleteObjectVersion', `${bucket}/tenants/${tenant}x/files/x`)).toBe(false);
    expect(may(role, 's3:ListBucket', bucket), 'what is missing is told by the list').toBe(
      spec.can.some((one) => one.startsWith('media:')),
    );
  });

  test('opens and seals keys of models as granted: for a tenant and a provider, or the secret through its service', () => {
    const role = dataRoleOf(name);
    const own = roleOf(functionNamed(name).role);
    const [key] = plan.keys.filter(({ arn }) => arn === plan.secrets[0]?.key);
    const [table] = plan.keys.filter((one) => one !== key);
    const secret = plan.secrets[0]?.arn ?? '';
    const uses = (action: string, context: Record<string, string[]>, arn = key?.arn ?? '') =>
      [role, own].some(({ statements }) => {
        const tagged = { 'aws:PrincipalTag/tenantId': [tenant], ...context };
        return evaluate(statements, { action: `kms:${action}`, resource: arn, context: tagged }) === 'allowed';
      });
    const named = (context: Record<string, string>) => ({
      'kms:EncryptionContextKeys': Object.keys(context),
      ...Object.fromEntries(Object.entries(context).map(([one, value]) => [`kms:EncryptionContext:${one}`, [value]])),
    });
    const tenants = named({ tenant, provider: 'openai' });
    const through = {
      ...named({ SecretARN: secret, SecretVersionId: 'v' }),
      'kms:ViaService': ['secretsmanager.us-east-1.amazonaws.com'],
    };
    const plans = can('models:plan') || can('models:ask');
    expect(may(own, 'secretsmanager:GetSecretValue', secret)).toBe(plans);
    expect(may(own, 'secretsmanager:PutSecretValue', secret)).toBe(false);
    expect(uses('Decrypt', through)).toBe(plans);
    expect(uses('Decrypt', tenants)).toBe(can('models:ask'));
    expect(uses('GenerateDataKey', tenants)).toBe(can('keys:write'));
    for (const other of [{}, named({ tenant }), named({ tenant, provider: 'openai', more: 'x' })])
      for (const action of ['Decrypt', 'GenerateDataKey']) expect(uses(action, other)).toBe(false);
    expect(uses('Decrypt', tenants, table?.arn), 'the key of tables').toBe(false);
  });

  test('writes to its own log group and no other', () => {
    const role = roleOf(functionNamed(name).role);
    const groups = role.statements
      .filter(({ actions }) => actions.includes('logs:PutLogEvents'))
      .flatMap(({ resources }) => resources);
    expect(groups).toEqual([expect.stringContaining(`${functionNamed(name).logGroup}:`)]);
  });
});
