// Event patterns: which events a rule or a filter takes.
import { expect, test } from 'vitest';
import { checkPattern, takes, textsOf } from '../../../local/events/pattern.ts';

const event = {
  source: 'aws.states',
  detail: { status: 'FAILED', tries: 3, tags: ['a', 'b'], name: 'Scene-12', none: null },
};

test.each([
  [{ source: ['aws.states'] }, true],
  [{ source: ['aws.lambda', 'aws.states'] }, true],
  [{ source: ['aws.lambda'] }, false],
  [{ detail: { status: ['FAILED', 'TIMED_OUT'] } }, true],
  [{ detail: { status: [{ 'anything-but': ['SUCCEEDED'] }] } }, true],
  [{ detail: { status: [{ 'anything-but': 'FAILED' }] } }, false],
  [{ detail: { name: [{ prefix: 'Scene' }] } }, true],
  [{ detail: { name: [{ suffix: '-13' }] } }, false],
  [{ detail: { name: [{ wildcard: 'S*-*2' }] } }, true],
  [{ detail: { name: [{ 'equals-ignore-case': 'scene-12' }] } }, true],
  [{ detail: { tries: [{ numeric: ['>', 2, '<=', 3] }] } }, true],
  [{ detail: { tries: [{ numeric: ['<', 3] }] } }, false],
  [{ detail: { tags: ['b'] } }, true],
  [{ detail: { gone: [{ exists: false }] } }, true],
  [{ detail: { none: [{ exists: true }], gone: [{ exists: true }] } }, false],
  [{ detail: { none: [null] } }, true],
  [{ $or: [{ source: ['x'] }, { detail: { status: ['FAILED'] } }] }, true],
  [{ absent: ['x'] }, false],
])('%j: %s', (pattern, taken) => {
  expect(() => checkPattern(pattern, 'rule')).not.toThrow();
  expect(takes(pattern, event)).toBe(taken);
});

test.each([
  [
    [{ eventName: ['INSERT'] }, { eventName: ['INSERT', 'MODIFY'], dynamodb: {} }],
    ['INSERT', 'MODIFY'],
  ],
  [[{ eventName: ['INSERT'] }, { dynamodb: {} }], undefined],
  [[{ eventName: [{ prefix: 'INS' }] }], undefined],
  [[{ $or: [{ eventName: ['INSERT'] }] }], undefined],
  [[], undefined],
])('%j name what a member must be: %j', (patterns, texts) => {
  expect(textsOf(patterns, 'eventName')).toEqual(texts);
});

test('a matcher that is not known stops the cloud', () => {
  const check = () => checkPattern({ detail: { ip: [{ cidr: '10.0.0.0/24' }] } }, 'Rule');
  expect(check).toThrow(
    /^Rule: event pattern matcher "cidr" is not understood\. Teach it in local\/events\/pattern\.ts/,
  );
  expect(check).toThrow(expect.objectContaining({ code: 'TEMPLATE_NOT_UNDERSTOOD' }));
});
