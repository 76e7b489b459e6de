// Every Lambda function there is: what starts it, its size, and what it may touch.
// lib/ builds functions, env and IAM from this table; scripts/build.ts bundles the entries; nothing is spelled twice.

import type { Capability } from './capability.ts';

export type FunctionSpec = {
  /** Source file, from the repository root. */
  readonly entry: string;
  readonly trigger: 'http' | 'authorizer' | 'socket' | 'task' | 'stream' | 'queue' | 'event' | 'schedule' | 'pool';
  /** MB */
  readonly memory: number;
  /** Seconds. HTTP: ≤ 29. */
  readonly timeout: number;
  readonly can: readonly Capability[];
  /** Why it works across tenants, under its own role; absent: tenant data is touched with the session of one tenant only. */
  readonly across?: string;
  /** Read at 3 a.m.: what people notice when it fails. Goes into the alarm. */
  readonly whenItFails: string;
  /** Word in what it throws to refuse somebody, where throwing is the only way: its alarm does not count those. */
  readonly refuses?: string;
};

const http = (noun: string, can: readonly Capability[], whenItFails: string): FunctionSpec => ({
  entry: `functions/http/${noun}.ts`,
  trigger: 'http',
  memory: 512,
  timeout: 20,
  // who is refused leaves a line too, and where many are, a reminder to tell of them
  can: [...can, 'audit:write', 'ephemeral:write', 'reminders:write'],
  whenItFails,
});

const task = (
  workflow: 'breakdown' | 'writing' | 'tenancy',
  step: string,
  memory: number,
  timeout: number,
  can: readonly Capability[],
  whenItFails: string,
): FunctionSpec => ({
  entry: `functions/tasks/${workflow}/${step}.ts`,
  trigger: 'task',
  memory,
  timeout,
  can: ['place:read', ...can],
  whenItFails,
});

/** Steps that keep a body in the bucket and its id in a row. */
const bodies: readonly Capability[] = ['core:write', 'audit:write', 'media:write'];

/** Steps that may ask models, whose answers can take minutes: they run as long as a function can. */
const asking: readonly Capability[] = [...bodies, 'ephemeral:write', 'models:ask', 'breakers:write'];

export const catalog = {
  'http-auth': http(
    'auth',
    [
      'core:write',
      'directory:write',
      'open-requests:write',
      'open:count',
      'failed-sign-ins:write',
      'pool:sign-in',
      'pool:admin',
      'pool:confirm',
      'mail:send',
      'tenant:found',
    ],
    'nobody can register or sign in over the API',
  ),
  'http-member': http(
    'member',
    ['core:write', 'directory:write', 'mail:send', 'open:count', 'pool:sign-in', 'tenant:close'],
    'members, invitations, shares and the organisation itself cannot be seen or changed',
  ),
  'http-meta': {
    entry: 'functions/http/meta.ts',
    trigger: 'http',
    memory: 256,
    timeout: 10,
    can: [],
    whenItFails: 'clients cannot read the API description',
  },
  'http-project': http('project', ['core:write'], 'projects cannot be listed or changed'),
  'http-storage': http('storage', ['core:write', 'media:write'], 'files cannot be uploaded or fetched'),
  'http-script': http('script', ['core:write', 'media:write'], 'scripts cannot be added or read'),
  'http-task': http(
    'task',
    ['core:write', 'media:write', 'models:plan', 'tickets:write'],
    'work cannot be started, watched or cancelled',
  ),
  // a script that is written on is read first
  'http-writing': {
    ...http('writing', ['core:write', 'media:write', 'models:plan'], 'the writing of scripts cannot be started'),
    memory: 1024,
  },
  'http-asset': http('asset', ['core:write', 'media:read'], 'the asset library cannot be read or changed'),
  'http-settings': http(
    'settings',
    ['core:write', 'models:ask', 'keys:write', 'breakers:write'],
    'keys, policy and prompts of models cannot be seen or changed; work goes on with those there are',
  ),
  // a script that is not read yet is read for its quote, or to be compared
  'http-quote': {
    ...http(
      'quote',
      ['core:read', 'media:read', 'models:plan'],
      'the price of work, and what a new revision changes, cannot be asked before it is begun',
    ),
    memory: 2048,
    timeout: 28,
  },
  'http-api-key': http(
    'api-key',
    ['core:write', 'directory:write'],
    'keys of the API cannot be made, seen or ended; those there are work on',
  ),
  'http-storyboard': http('storyboard', ['core:write', 'media:read'], 'storyboards cannot be read or changed'),
  'http-audit': {
    ...http(
      'audit',
      ['core:read', 'audit:read', 'media:write'],
      'what people did cannot be looked up, exported or verified',
    ),
    memory: 1024,
    timeout: 28,
  },
  'http-comment': http('comment', ['core:write'], 'comments cannot be read or written'),
  'http-platform': {
    ...http(
      'platform',
      ['core:write', 'audit:read', 'directory:write', 'tenant:close', 'queues:look'],
      'those who run the platform cannot see or change tenants; the tenants themselves notice nothing',
    ),
    across: 'those who run the platform look at any tenant, and what they change is told in two audits at once',
  },
  authorizer: {
    entry: 'functions/http/authorizer.ts',
    trigger: 'authorizer',
    memory: 256,
    timeout: 10,
    can: ['pool:verify', 'directory:write', 'audit:write', 'sign-ins:note'],
    whenItFails: 'every signed-in call is refused',
  },
  socket: {
    entry: 'functions/http/socket.ts',
    trigger: 'socket',
    memory: 256,
    timeout: 10,
    // a ticket that is refused is told, and where many are, a reminder to tell of them
    can: [
      'place:read',
      'core:read',
      'directory:read',
      'ephemeral:write',
      'audit:write',
      'reminders:write',
      'sockets:write',
      'socket:push',
    ],
    whenItFails: 'progress is not pushed; clients can still poll',
  },
  'breakdown-read': task('breakdown', 'read', 2048, 300, bodies, 'uploaded scripts are not read'),
  'breakdown-extract': task('breakdown', 'extract', 1024, 900, asking, 'episodes are not extracted'),
  'breakdown-resolve': task('breakdown', 'resolve', 2048, 900, asking, 'the asset library is not built'),
  'breakdown-snapshot': task(
    'breakdown',
    'snapshot',
    512,
    60,
    bodies,
    'storyboards have no library snapshot to stand on',
  ),
  'breakdown-storyboard': task('breakdown', 'storyboard', 1024, 900, asking, 'episodes get no storyboard'),
  'breakdown-finish': task(
    'breakdown',
    'finish',
    512,
    60,
    ['core:write', 'audit:write'],
    'finished work stays "running"',
  ),
  'breakdown-fail': task(
    'breakdown',
    'fail',
    512,
    60,
    ['core:write', 'audit:write'],
    'failed work stays "running" until the sweep',
  ),
  'writing-plan': task('writing', 'plan', 1024, 900, asking, 'nothing is written'),
  'writing-part': task('writing', 'part', 512, 900, asking, 'episodes and prompts are not written'),
  'writing-finish': task('writing', 'finish', 1024, 60, bodies, 'what was written does not become a script'),
  'writing-fail': task(
    'writing',
    'fail',
    512,
    60,
    ['core:write', 'audit:write'],
    'failed writing stays "running" until the sweep',
  ),
  // its place is tried by what will be done there
  'tenancy-onboard': task(
    'tenancy',
    'onboard',
    512,
    60,
    ['core:write', 'ephemeral:write', 'audit:write', 'audit:read', 'media:read', 'directory:write', 'mail:send'],
    'tenants that the platform founds for others are not set up',
  ),
  'tenancy-offboard': task(
    'tenancy',
    'offboard',
    1024,
    300,
    [
      'core:write',
      'ephemeral:write',
      'audit:write',
      'directory:write',
      'media:purge',
      'sockets:drop',
      'socket:push',
      'mail:send',
      'tenant:close',
    ],
    'tenants that are closed are not told, or not removed',
  ),
  'stream-publish': {
    entry: 'functions/streams/publish.ts',
    trigger: 'stream',
    memory: 512,
    timeout: 60,
    can: ['place:read', 'ephemeral:write', 'work:run', 'tenancy:run', 'socket:push', 'purge:send'],
    across: 'the table stream brings what was announced in any tenant',
    whenItFails: 'work does not start and progress is not pushed',
  },
  'stream-audit': {
    entry: 'functions/streams/audit.ts',
    trigger: 'stream',
    memory: 512,
    timeout: 60,
    can: ['place:read', 'core:write', 'audit:write', 'audit:read'],
    across: 'lines of all tenants come in one stream',
    whenItFails: 'audit lines are not linked to their chain; they are written all the same',
  },
  'stream-usage': {
    entry: 'functions/streams/usage.ts',
    trigger: 'stream',
    memory: 512,
    timeout: 60,
    can: ['place:read', 'core:write', 'audit:write'],
    across: 'the table stream brings the usage of any tenant',
    whenItFails: 'daily totals of usage fall behind; the rows they are added up from are complete',
  },
  'queue-purge': {
    entry: 'functions/queues/purge.ts',
    trigger: 'queue',
    memory: 256,
    // a project of many thousand files and rows; an order that is cut off comes back and goes on
    timeout: 300,
    can: ['place:read', 'core:write', 'audit:write', 'media:delete'],
    across: 'a batch holds orders of several tenants',
    whenItFails: 'what was deleted for good stays in the bucket and the tables, and work on deleted projects goes on',
  },
  'event-execution-ended': {
    entry: 'functions/events/execution-ended.ts',
    trigger: 'event',
    memory: 256,
    timeout: 30,
    can: ['place:read', 'core:write', 'audit:write'],
    across: 'the event bus brings executions of any tenant',
    whenItFails: 'work whose execution died stays "running" until the sweep',
  },
  'schedule-sweep': {
    entry: 'functions/schedules/sweep.ts',
    trigger: 'schedule',
    memory: 256,
    timeout: 120,
    can: ['core:write', 'audit:write', 'directory:read', 'ephemeral:write', 'pool:admin', 'work:run', 'purge:send'],
    across: 'what is due is looked after whoever it belongs to',
    whenItFails: 'forgotten uploads and orphaned work are not cleaned up, and what was deleted is not purged',
  },
  'trigger-pre-token': {
    entry: 'functions/triggers/pre-token.ts',
    trigger: 'pool',
    memory: 256,
    timeout: 5,
    can: ['directory:read'],
    whenItFails: 'nobody can sign in',
    refuses: 'MEMBER_INACTIVE',
  },
  'trigger-pre-sign-up': {
    entry: 'functions/triggers/pre-sign-up.ts',
    trigger: 'pool',
    memory: 128,
    timeout: 5,
    can: ['pool:confirm'],
    whenItFails: 'nobody can register',
  },
} as const satisfies Record<string, FunctionSpec>;

export type FunctionName = keyof typeof catalog;
