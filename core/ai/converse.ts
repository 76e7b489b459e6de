// The conversation of one call with one model: asked, cut off and asked with more room, not usable and asked again.
import type { AiCtx } from './ai.ts';
import { answerKey, type Kept, type Kepts, keep, keptUnder } from './cache.ts';
import type { ObjectCall, Pieces, Prompted } from './call.ts';
import { safetyId } from './exchange.ts';
import { insist } from './insist.ts';
import { ProviderFailure } from './provider-failure.ts';
import { contextExceeded } from './providers/refused-setting.ts';
import type { Route } from './route.ts';
import type { JsonSchema } from './schema.ts';
import { isTooLong, nextStep } from './step.ts';
import { hitOf } from './usage/of-call.ts';
import { isRecorded, recordHit, settle } from './usage/record.ts';

export type Asked<T> = {
  readonly call: ObjectCall<T>;
  readonly jsonSchema: JsonSchema;
  readonly hash: string;
  readonly since: number;
  readonly signal: AbortSignal;
  /** How often the question was divided until it was this. */
  readonly divisions: number;
};

/** The object, or the question in pieces, for the answer is longer than the model can give. */
export type Said<T> = { readonly value: T; readonly cached: boolean } | { readonly pieces: Pieces<T> };

/** An eighth of a question that is still too long will not be mended by a sixteenth. */
export const mostDivisions = 3;

/** What a model has said already, if it is the object; its cost is settled where that was not done. Asks nobody. */
export async function known<T>(ctx: AiCtx, asked: Asked<T>, route: Route): Promise<{ readonly value: T } | undefined> {
  const { kepts, value } = await lying(ctx, asked, route);
  if (!value) return undefined;
  await caughtUp(ctx, asked.hash, kepts);
  await recordHit(ctx, hitOf(ctx, asked.call, label(asked.call), route));
  return value;
}

/** What lies there of a call and a model, and the object if it is among it; looked at only. */
export async function lying<T>(
  ctx: AiCtx,
  { call, jsonSchema, hash }: Pick<Asked<T>, 'call' | 'jsonSchema' | 'hash'>,
  route: Route,
) {
  const kepts = await keptUnder(ctx, answerKey(ctx, call.project, hash, route));
  const step = nextStep(call, jsonSchema, route.model, kepts);
  return { kepts, value: typeof step === 'object' && 'value' in step ? step : undefined };
}

/**
 * Throws what `insist` throws, and a ProviderFailure: `invalid_output` when two answers could not be used, `truncated` when the answer did not
 * end and the question cannot be divided. What was said is forgotten then, so that a person who tries again is not shown it again.
 */
export async function converse<T>(ctx: AiCtx, asked: Asked<T>, route: Route, patient: boolean): Promise<Said<T>> {
  const { call, jsonSchema, hash } = asked;
  const key = answerKey(ctx, call.project, hash, route);
  let kepts: Kepts = await keptUnder(ctx, key);
  await caughtUp(ctx, hash, kepts);
  const began = kepts.length;
  const store = (kept: Kept) => {
    kepts = [...kepts, kept];
    return keep(ctx, key, kepts);
  };
  for (;;) {
    const step = nextStep(call, jsonSchema, route.model, kepts);
    const pieces = isTooLong(call, step, kepts) ? divided(asked) : undefined;
    if (pieces) return { pieces };
    if (typeof step === 'string') {
      await keep(ctx, key, []);
      const kind = step === 'unusable' ? 'invalid_output' : 'truncated';
      throw new ProviderFailure({ kind, provider: route.model.provider });
    }
    if ('value' in step) {
      const cached = kepts.length === began;
      if (cached) await recordHit(ctx, hitOf(ctx, asked.call, label(asked.call), route));
      return { value: step.value, cached };
    }
    const { model } = route;
    const request = {
      model: model.id,
      system: call.prompt.system,
      messages: step.messages,
      schema: { name: call.schemaName, jsonSchema },
      method: model.method,
      maxOutputTokens: step.limit,
      ...((call.effort ?? model.effort) && { effort: call.effort ?? model.effort }),
      safetyId: safetyId(ctx),
    };
    const { since, signal } = asked;
    const turn = {
      work: call,
      prompt: label(call),
      route,
      request,
      call: hash,
      attempt: kepts.length + 1,
      since,
      signal,
      store,
    };
    try {
      await insist(ctx, turn, patient);
    } catch (error) {
      const parts = isOverlong(error) ? divided(asked) : undefined;
      if (!parts) throw error;
      return { pieces: parts };
    }
  }
}

const divided = <T>({ call, divisions }: Asked<T>): Pieces<T> | undefined =>
  divisions < mostDivisions ? call.split?.() : undefined;

/** A model that the table does not know may take less than is thought: its server says so. */
const isOverlong = (error: unknown): boolean =>
  error instanceof ProviderFailure && error.facts.providerCode === contextExceeded;

const label = ({ prompt }: { readonly prompt: Prompted }): string => `${prompt.name}@${prompt.version}`;

/** Exchanges whose caller died before they were settled are settled now, with the task they were made for. */
export async function caughtUp(ctx: AiCtx, hash: string, kepts: Kepts): Promise<void> {
  for (const { usage } of kepts) if (!(await isRecorded(ctx, usage.id))) await settle(ctx, usage, hash);
}
