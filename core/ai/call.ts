// What a step asks the gateway for, and what it gets.
import type * as z from 'zod';
import type { Failure } from '../platform/failure.ts';
import type { ModelChoice } from './ai.ts';
import type { Effort, Message, ProviderId } from './schema.ts';

/** Kinds of work a tenant may route to different models. */
export const uses = ['extract', 'resolve', 'storyboard', 'write'] as const;
export type Use = (typeof uses)[number];

/** A prompt with its blanks filled in; name and version are part of what an answer is stored under. */
export type Prompted = {
  readonly name: string;
  readonly version: string;
  readonly system: string;
  readonly messages: readonly Message[];
};

/** Which work a call belongs to, and what it may take. */
export type Work = {
  readonly use: Use;
  readonly project: string;
  /** The task whose budget pays. */
  readonly task: string;
  readonly episode?: number | undefined;
  /** The task's own plan of models; the tenant's policy where there is none. */
  readonly models?: readonly ModelChoice[] | undefined;
  /** Tokens the answer may take at first, reasoning included; raised when it was cut off. */
  readonly maxOutputTokens: number;
  readonly effort?: Effort | undefined;
  /** Ms one exchange may take; where nothing is said, by how long the answer may be (`patience.ts`). */
  readonly timeoutMs?: number | undefined;
  /** Aborted when the task is cancelled or its time is up. */
  readonly signal?: AbortSignal | undefined;
};

export type ObjectCall<T> = Work & {
  readonly prompt: Prompted;
  /** Must be an object. `schemaName`: 1–64 of [A-Za-z0-9_-]. */
  readonly schema: z.ZodType<T>;
  readonly schemaName: string;
  /** What a schema cannot say: the fault in words for the model, or undefined. Pure. */
  readonly check?: Taking<T, string | undefined> | undefined;
  /** Tokens the answer will probably have: a model with less room is asked in pieces from the start, where there are any. */
  readonly expectedTokens?: number | undefined;
  /** The same in smaller pieces, for an answer that no limit can hold; undefined when it cannot be divided. Pure. */
  readonly split?: (() => Pieces<T> | undefined) | undefined;
  /** What the engine without a model says; used when all models failed and the tenant allows drafts. */
  readonly builtin?: (() => T) | undefined;
};

export type Pieces<T> = { readonly calls: readonly ObjectCall<T>[]; readonly join: Taking<readonly T[], T> };

/** A function of an answer that goes where functions of any answer do: a call is given the answers to its own question alone. */
type Taking<V, R> = { of(value: V): R }['of'];

export type By = {
  readonly provider: ProviderId;
  readonly model: string;
  readonly mode: 'platform' | 'byok' | 'builtin';
};

export type ObjectOutcome<T> = {
  readonly value: T;
  readonly by: By;
  /** Nothing was asked of a model: the answer was there. */
  readonly cached: boolean;
  /** Why it is a draft. */
  readonly because?: Failure;
};

export type StreamCall = Work & {
  readonly prompt: Prompted;
  /** Given every piece once a call, with its place (UTF-16) in the text; what was written before comes first, as one piece. */
  readonly onPiece: (piece: string, at: number) => void | Promise<void>;
  /** Ms of silence after which a stream is given up and asked to go on; by who is asked where nothing is said (`patience.ts`). */
  readonly idleMs?: number | undefined;
};

export type StreamOutcome = { readonly text: string; readonly by: By; readonly cached: boolean };
