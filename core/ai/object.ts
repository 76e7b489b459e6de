// Asking models for an object: stored, or along the chain of models, in pieces where it is too long, at last the engine without a model.
import { Failure } from '../platform/failure.ts';
import type { AiCtx } from './ai.ts';
import { alone } from './alone.ts';
import { callHash } from './cache.ts';
import type { By, ObjectCall, ObjectOutcome, Pieces } from './call.ts';
import { type Asked, converse, known, lying, type Said } from './converse.ts';
import { schemaOf } from './judge.ts';
import { ProviderFailure } from './provider-failure.ts';
import { refusalOf } from './refusal.ts';
import { leftAfter, type Route, type Routes, routesOf } from './route.ts';

/**
 * The object, from whoever can give it. What was answered once is not paid again: by content, by whomever it was asked for.
 * Throws, of the model that is preferred, PROVIDER_KEY_REFUSED, PROVIDER_QUOTA, PROVIDER_BUSY, PROVIDER_UNREACHABLE, BASE_URL_REFUSED,
 * MODEL_UNKNOWN, MODEL_REQUEST_REFUSED, MODEL_ANSWER_UNUSABLE, MODEL_ANSWER_TRUNCATED, PROMPT_BLOCKED, PRICE_UNKNOWN, KEY_UNREADABLE;
 * MODEL_NOT_CONFIGURED; BUDGET_REACHED and BUDGET_ZERO, after which no other model is tried; the reason of the call's signal.
 */
export const object = <T>(ctx: AiCtx, call: ObjectCall<T>): Promise<ObjectOutcome<T>> => ask(ctx, call, 0);

async function ask<T>(ctx: AiCtx, call: ObjectCall<T>, divisions: number): Promise<ObjectOutcome<T>> {
  const jsonSchema = schemaOf(call.schema);
  const hash = callHash(call.prompt, { name: call.schemaName, jsonSchema });
  const signal = call.signal ?? new AbortController().signal;
  signal.throwIfAborted();
  const routes = await routesOf(ctx, call);
  const asked: Asked<T> = { call, jsonSchema, hash, since: ctx.now(), signal, divisions };
  return (await stored(ctx, asked, routes)) ?? alone(ctx, `AI#${hash}`, signal, () => alongChain(ctx, asked, routes));
}

/** The object if an answer lies there already, of whomever it would be asked; nobody is asked. */
export async function answered<T>(ctx: AiCtx, call: ObjectCall<T>): Promise<T | undefined> {
  const jsonSchema = schemaOf(call.schema);
  const hash = callHash(call.prompt, { name: call.schemaName, jsonSchema });
  const signal = call.signal ?? new AbortController().signal;
  const asked = { call, jsonSchema, hash, since: ctx.now(), signal, divisions: 0 };
  const found = await stored(ctx, asked, await routesOf(ctx, call));
  return found?.value;
}

/** The same without a trace: nothing is written, so that work can be forecast by those who may only read. */
export async function peek<T>(
  ctx: AiCtx,
  call: ObjectCall<T>,
): Promise<{ readonly value: T; readonly by: By } | undefined> {
  const jsonSchema = schemaOf(call.schema);
  const hash = callHash(call.prompt, { name: call.schemaName, jsonSchema });
  for (const route of (await routesOf(ctx, call)).routes) {
    const { value: found } = await lying(ctx, { call, jsonSchema, hash }, route);
    if (found) return { value: found.value, by: byOf(route) };
  }
  return undefined;
}

/** An answer that lies there already, of the model preferred most. */
async function stored<T>(ctx: AiCtx, asked: Asked<T>, { routes }: Routes): Promise<ObjectOutcome<T> | undefined> {
  for (const route of routes) {
    const found = await known(ctx, asked, route);
    if (found) return { value: found.value, by: byOf(route), cached: true };
  }
  return undefined;
}

async function alongChain<T>(ctx: AiCtx, asked: Asked<T>, { routes, policy }: Routes): Promise<ObjectOutcome<T>> {
  const { call } = asked;
  const failures: Failure[] = [];
  for (let left: readonly Route[] = routes; left[0]; ) {
    const [route, ...others] = left as [Route, ...Route[]];
    const isLast = others.length === 0 && !(call.builtin && policy.drafts);
    const said = await fromOne(() => converse(ctx, asked, route, isLast), route);
    if (!(said instanceof Failure)) {
      if ('pieces' in said) return inPieces(ctx, said.pieces, asked.divisions + 1);
      return { ...said, by: byOf(route) };
    }
    failures.push(said);
    left = leftAfter(said, route, others);
  }
  const because = failures[0] ?? new Failure('MODEL_NOT_CONFIGURED', { use: call.use });
  if (!call.builtin || !policy.drafts) throw because;
  return {
    value: call.builtin(),
    by: { provider: 'builtin', model: 'builtin', mode: 'builtin' },
    cached: false,
    because,
  };
}

/** Failures after which another model may do. */
async function fromOne<T>(ask: () => Promise<Said<T>>, { model }: Route): Promise<Said<T> | Failure> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ProviderFailure) return refusalOf(error, model.id);
    if (error instanceof Failure && (error.code === 'PRICE_UNKNOWN' || error.code === 'KEY_UNREADABLE')) return error;
    throw error;
  }
}

/** Every piece is asked for, so that what could be had is stored also where one fails. */
async function inPieces<T>(ctx: AiCtx, { calls, join }: Pieces<T>, divisions: number): Promise<ObjectOutcome<T>> {
  const ended = await Promise.allSettled(calls.map((piece) => ask(ctx, piece, divisions)));
  const outcomes = ended.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
  const [first] = outcomes;
  if (!first) throw new TypeError('a call was divided into no pieces');
  const because = outcomes.find((one) => one.because)?.because;
  return {
    value: join(outcomes.map(({ value }) => value)),
    by: outcomes.find((one) => one.because)?.by ?? first.by,
    cached: outcomes.every(({ cached }) => cached),
    ...(because && { because }),
  };
}

const byOf = ({ model, account }: Route): By => ({ provider: model.provider, model: model.id, mode: account.mode });
