// Amazon States Language as far as it runs here: JSONPath, Lambda tasks, inline maps. Any other field stops the cloud at boot.
import * as z from 'zod';

// Filters ask for an expression language of their own; nothing we run needs one.
const path = z.string().regex(/^\$(?!.*\?\()/, 'must be a JSONPath without filter expressions');
const optionalPath = path.nullable().optional();
const seconds = z.number().int().min(1).optional();

const retrier = z.strictObject({
  ErrorEquals: z.array(z.string()).min(1),
  IntervalSeconds: z.number().int().min(1).default(1),
  MaxAttempts: z.number().int().min(0).default(3),
  BackoffRate: z.number().min(1).default(2),
  MaxDelaySeconds: z.number().int().min(1).optional(),
  JitterStrategy: z.enum(['NONE', 'FULL']).default('NONE'),
  Comment: z.string().optional(),
});

const catcher = z.strictObject({
  ErrorEquals: z.array(z.string()).min(1),
  Next: z.string(),
  ResultPath: optionalPath,
  Comment: z.string().optional(),
});

const comment = {
  Comment: z.string().optional(),
  QueryLanguage: z.literal('JSONPath', 'only JSONPath runs here').optional(),
};
const through = { InputPath: optionalPath, OutputPath: optionalPath };
const onward = { Next: z.string().optional(), End: z.literal(true).optional() };
const result = { ResultPath: optionalPath, ResultSelector: z.record(z.string(), z.unknown()).optional() };
const failing = { Retry: z.array(retrier).default([]), Catch: z.array(catcher).default([]) };

const resource = z
  .string()
  .regex(
    /^arn:aws:(states:::lambda:invoke$|lambda:[a-z0-9-]+:\d{12}:function:)/,
    'only Lambda tasks without task tokens run here',
  );

const task = z.strictObject({
  Type: z.literal('Task'),
  ...comment,
  ...through,
  ...onward,
  ...result,
  ...failing,
  Resource: resource,
  Parameters: z.record(z.string(), z.unknown()).optional(),
  TimeoutSeconds: seconds,
  TimeoutSecondsPath: path.optional(),
});

const map = z.strictObject({
  Type: z.literal('Map'),
  ...comment,
  ...through,
  ...onward,
  ...result,
  ...failing,
  ItemsPath: path.optional(),
  ItemSelector: z.record(z.string(), z.unknown()).optional(),
  MaxConcurrency: z.number().int().min(0).default(0),
  ItemProcessor: z.lazy((): z.ZodType<Flow> => processor),
});

const parallel = z.strictObject({
  Type: z.literal('Parallel'),
  ...comment,
  ...through,
  ...onward,
  ...result,
  ...failing,
  Parameters: z.record(z.string(), z.unknown()).optional(),
  Branches: z.array(z.lazy((): z.ZodType<Flow> => branch)).min(1),
});

const pass = z.strictObject({
  Type: z.literal('Pass'),
  ...comment,
  ...through,
  ...onward,
  ResultPath: optionalPath,
  Result: z.unknown().optional(),
  Parameters: z.record(z.string(), z.unknown()).optional(),
});

const wait = z.strictObject({
  Type: z.literal('Wait'),
  ...comment,
  ...through,
  ...onward,
  Seconds: z.number().int().min(0).optional(),
  SecondsPath: path.optional(),
  Timestamp: z.string().optional(),
  TimestampPath: path.optional(),
});

const choice = z.strictObject({
  Type: z.literal('Choice'),
  ...comment,
  ...through,
  Choices: z.array(z.looseObject({ Next: z.string() })).min(1),
  Default: z.string().optional(),
});

const succeed = z.strictObject({ Type: z.literal('Succeed'), ...comment, ...through });

const fail = z.strictObject({
  Type: z.literal('Fail'),
  ...comment,
  Error: z.string().optional(),
  ErrorPath: path.optional(),
  Cause: z.string().optional(),
  CausePath: path.optional(),
});

const state = z.discriminatedUnion('Type', [task, map, parallel, pass, wait, choice, succeed, fail]);

export type State = z.output<typeof state>;
export type Flow = { readonly StartAt: string; readonly States: Record<string, State> };
export type Machine = Flow & { readonly TimeoutSeconds?: number | undefined };

const flow = { StartAt: z.string(), States: z.record(z.string(), state), Comment: z.string().optional() };
const inline = z.strictObject({ Mode: z.literal('INLINE', 'only inline maps run here') });
const branch = z.strictObject(flow);
const processor = z.strictObject({ ...flow, ProcessorConfig: inline.optional() });

/** A whole definition. */
export const machine = z.strictObject({
  ...flow,
  TimeoutSeconds: seconds,
  Version: z.literal('1.0').optional(),
  QueryLanguage: z.literal('JSONPath', 'only JSONPath runs here').optional(),
});

export type TaskState = z.output<typeof task>;
export type MapState = z.output<typeof map>;
export type ParallelState = z.output<typeof parallel>;
export type WaitState = z.output<typeof wait>;
export type FailState = z.output<typeof fail>;
export type Retrier = z.output<typeof retrier>;
