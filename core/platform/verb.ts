// A verb: authorise → parse → run → answer only what is declared. Nothing can skip a step.
import type * as z from 'zod';
import zhCN from 'zod/v4/locales/zh-CN.js';
import { snake } from './case.ts';
import type { Ctx, OpenCtx } from './ctx.ts';
import { Failure } from './failure.ts';
import type { Needs } from './permission.ts';
import { admit, mustBeJudged } from './reach.ts';
import { rule, ruleIn } from './words.ts';

type Described<I extends z.ZodType, O extends z.ZodType> = {
  readonly verbName: string;
  readonly summary: string;
  readonly needs: Needs | 'public';
  /** It works while the tenant is closing, though it writes. */
  readonly evenClosing?: boolean;
  readonly input: I;
  readonly output: O;
};

export type Verb<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = Described<I, O> &
  ((ctx: Ctx, raw: z.input<I>) => Promise<z.output<O>>);

export type OpenVerb<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = Described<I, O> &
  ((ctx: OpenCtx, raw: z.input<I>) => Promise<z.output<O>>);

export type AnyVerb = Described<z.ZodType, z.ZodType> & ((ctx: never, raw: never) => Promise<unknown>);

type Name = `${string}.${string}`;

/**
 * Declares a verb that works for a tenant. `summary` is one English sentence for the API description. `evenClosing`: also of one that closes.
 * Throws Failure FORBIDDEN when the role lacks `needs`, TENANT_SUSPENDED and TENANT_CLOSING for writes to such a tenant,
 * INVALID_REQUEST when the input does not fit, and what `run` throws. A verb about things of projects that answers without having
 * asked what is within reach is a fault: it answers nothing.
 */
export function verb<I extends z.ZodType, O extends z.ZodType>(spec: {
  name: Name;
  summary: string;
  needs: Needs;
  evenClosing?: boolean;
  input: I;
  output: O;
  run(ctx: Ctx, input: z.output<I>): Promise<z.input<O>>;
}): Verb<I, O> {
  const call = async (ctx: Ctx, raw: z.input<I>) => {
    const { name, needs, evenClosing } = spec;
    admit(ctx, needs, evenClosing);
    const running = { ...ctx, verb: name, needs, judged: { reach: false } };
    const answer = await spec.run(running, parsed(ctx, spec.input, raw));
    mustBeJudged(running);
    return declared(spec.output, answer);
  };
  return Object.assign(call, {
    verbName: spec.name,
    summary: spec.summary,
    needs: spec.needs,
    ...(spec.evenClosing && { evenClosing: true }),
    input: spec.input,
    output: spec.output,
  });
}

/** Declares a verb for people not signed in. Throws INVALID_REQUEST when the input does not fit, and what `run` throws. */
export function openVerb<I extends z.ZodType, O extends z.ZodType>(spec: {
  name: Name;
  summary: string;
  input: I;
  output: O;
  run(ctx: OpenCtx, input: z.output<I>): Promise<z.input<O>>;
}): OpenVerb<I, O> {
  const call = async (ctx: OpenCtx, raw: z.input<I>) =>
    declared(spec.output, await spec.run(ctx, parsed(ctx, spec.input, raw)));
  return Object.assign(call, {
    verbName: spec.name,
    summary: spec.summary,
    needs: 'public' as const,
    input: spec.input,
    output: spec.output,
  });
}

const chinese = zhCN().localeError;

/** The input as the schema reads it. Throws INVALID_REQUEST, naming the first field that does not fit. */
export function parsed<I extends z.ZodType>({ locale }: Pick<OpenCtx, 'locale'>, schema: I, raw: unknown): z.output<I> {
  const result = schema.safeParse(raw, {
    error: locale === 'zh-CN' ? (issue) => lacking(issue) ?? chinese(issue) : lacking,
  });
  if (result.success) return result.data;
  // named as clients write them
  const issues = result.error.issues.map((issue) => ({
    field: placeOf(issue)
      .map((name) => snake(String(name)))
      .join('.'),
    message: ruleIn(issue.message, locale),
  }));
  const first = issues[0];
  throw new Failure('INVALID_REQUEST', {
    reason: first ? `${first.field || 'body'}: ${first.message}` : 'body',
    issues,
  });
}

const isRequired = rule('必填', 'it is required');

/** Of a field that is not there it is said that it must be, not what it is instead. */
const lacking = ({ code, input }: z.core.$ZodRawIssue): string | undefined =>
  code === 'invalid_type' && input === undefined ? isRequired : undefined;

/** Where an issue lies; one that is of unknown fields names the first of them. */
const placeOf = (issue: z.core.$ZodIssue): PropertyKey[] =>
  issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path;

// The schema strips what is not declared, so a row's private fields cannot leak into an answer.
const declared = <O extends z.ZodType>(schema: O, value: z.input<O>): z.output<O> => schema.parse(value);
