// Who may do what, by the statements of a role: an explicit Deny wins, then an Allow, else no.
import { expect, test } from 'vitest';
import { makeCallers } from '../../../local/iam/callers.ts';
import type { RequestContext } from '../../../local/iam/condition.ts';
import { evaluate } from '../../../local/iam/evaluate.ts';
import type { Statement } from '../../../local/template/role.ts';

const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/core';
const statement = (more: Partial<Statement> = {}): Statement => ({
  effect: 'Allow',
  actions: ['dynamodb:GetItem'],
  resources: [table],
  conditions: {},
  ...more,
});
const decide = (statements: Statement[], action = 'dynamodb:GetItem', resource = table, context: RequestContext = {}) =>
  evaluate(statements, { action, resource, context });

test('nothing is allowed that no statement allows', () => {
  expect(decide([])).toBe('not allowed');
  expect(decide([statement()])).toBe('allowed');
  expect(decide([statement()], 'dynamodb:PutItem')).toBe('not allowed');
  expect(decide([statement()], 'dynamodb:GetItem', `${table}/index/gsi1`)).toBe('not allowed');
});

test('actions are compared without case, resources with it; wildcards reach across', () => {
  expect(decide([statement({ actions: ['DynamoDB:get*'] })])).toBe('allowed');
  expect(decide([statement({ resources: [table.toUpperCase()] })])).toBe('not allowed');
  expect(decide([statement({ resources: ['arn:aws:dynamodb:*:table/c?re'] })])).toBe('allowed');
});

test('an explicit deny wins over every allow', () => {
  expect(decide([statement(), statement({ effect: 'Deny', actions: ['*'], resources: ['*'] })])).toBe(
    'explicitly denied',
  );
});

const leading = (values: string[], conditions: Statement['conditions']) =>
  decide(
    [statement({ conditions })],
    'dynamodb:GetItem',
    table,
    values.length ? { 'dynamodb:LeadingKeys': values } : {},
  );

test('ForAllValues holds for an absent key, and Null closes that gap', () => {
  const all = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['T#a', 'T#a#*'] } };
  expect(leading(['T#a', 'T#a#1'], all)).toBe('allowed');
  expect(leading(['T#a', 'T#b'], all)).toBe('not allowed');
  expect(leading([], all)).toBe('allowed');
  expect(leading([], { ...all, Null: { 'dynamodb:LeadingKeys': ['false'] } })).toBe('not allowed');
});

test('ForAnyValue needs one value that matches', () => {
  const any = { 'ForAnyValue:StringEquals': { 'dynamodb:LeadingKeys': ['T#a'] } };
  expect(leading(['T#b', 'T#a'], any)).toBe('allowed');
  expect(leading(['T#b'], any)).toBe('not allowed');
  expect(leading([], any)).toBe('not allowed');
});

test('a policy variable without a value matches nothing, not even a wildcard', () => {
  const own = [
    statement({ resources: ['arn:aws:s3:::media/${aws:PrincipalTag/tenant}/*'], actions: ['s3:GetObject'] }),
  ];
  const read = (tenant?: string) =>
    decide(own, 's3:GetObject', 'arn:aws:s3:::media/a/1', tenant ? { 'aws:PrincipalTag/tenant': [tenant] } : {});
  expect(read('a')).toBe('allowed');
  expect(read('b')).toBe('not allowed');
  expect(read()).toBe('not allowed');
});

test.each([
  ['StringNotEquals', ['x'], 'not allowed'],
  ['StringNotEquals', ['y'], 'allowed'],
  ['StringEqualsIgnoreCase', ['X'], 'allowed'],
  ['StringEqualsIfExists', [], 'allowed'],
  ['StringEquals', [], 'not allowed'],
  ['NumericLessThan', ['x'], 'not allowed'],
])('%s on %j: %s', (operator, values, decision) => {
  const context: RequestContext = values.length ? { key: values } : {};
  const conditions = { [operator]: { key: ['x'] } };
  expect(decide([statement({ conditions })], 'dynamodb:GetItem', table, context)).toBe(decision);
});

test('a function is known by its own key of this boot, and refused in the words of AWS', () => {
  const role = 'arn:aws:iam::000000000000:role/reader';
  const functions = [{ name: 'reader', role }] as never;
  const callers = makeCallers(functions, [{ name: 'reader', arn: role, statements: [statement()], trust: [] }]);
  expect(callers.secretOf('nobody')).toBeUndefined();
  expect(callers.secretOf('reader')).not.toBe(makeCallers(functions, []).secretOf('reader'));
  const call = { accessKeyId: 'reader', action: 'dynamodb:PutItem', resource: table };
  expect(callers.authorize({ ...call, action: 'dynamodb:GetItem' })).toBeUndefined();
  const reason = callers.authorize(call) ?? '';
  expect(callers.sentence(call, reason)).toBe(
    'User: arn:aws:sts::000000000000:assumed-role/reader/reader is not authorized to perform: dynamodb:PutItem ' +
      `on resource: ${table} because no identity-based policy allows the dynamodb:PutItem action`,
  );
});

test('a condition operator that is not known stops the cloud', () => {
  const statements = [statement({ conditions: { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8'] } } })];
  const make = () => makeCallers([], [{ name: 'r', arn: 'r', statements, trust: [] }]);
  expect(make).toThrow(
    /Role r: condition operator IpAddress is not understood\. Teach it in local\/iam\/condition\.ts/,
  );
  expect(make).toThrow(expect.objectContaining({ code: 'TEMPLATE_NOT_UNDERSTOOD' }));
});
