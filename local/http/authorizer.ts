// The Lambda authorizer of a route (payload 2.0, simple responses): asked once per identity, its answer kept for the TTL of the template.
import type { Lambda } from '../lambda/pool.ts';
import type { AuthorizerPlan } from '../template/api.ts';
import type { HttpEvent } from './event.ts';
import { forbidden, internalError, type Reply, unauthorized } from './reply.ts';

export type Verdict = { readonly context: Record<string, unknown> } | { readonly refusal: Reply };

/** Whether the function has said who may: a failure of it is no verdict, and who comes next asks again. */
const isJudged = (verdict: Verdict): boolean => 'context' in verdict || verdict.refusal === forbidden;

type Kept = { readonly verdict: Verdict; readonly until: number };

/** The value an identity source names in the event, e.g. `$request.header.Authorization`. */
const identity = (event: HttpEvent, source: string): string | undefined => {
  const [, kind, ...rest] = source.split('.');
  const name = rest.join('.');
  if (kind === 'header') return event.headers[name.toLowerCase()];
  if (kind === 'querystring') return event.queryStringParameters?.[name];
  if (source === '$context.routeKey') return event.routeKey;
  return event.stageVariables?.[name];
};

/** Whose turn a request takes in line: his who shows this token, or of that address. */
export const callerOf = ({ headers, requestContext }: HttpEvent): string =>
  headers.authorization ?? requestContext.http.sourceIp;

export class Authorizers {
  readonly #lambda: Lambda;
  readonly #kept = new Map<string, Kept>();
  /** Those asked just now: who comes meanwhile with the same identity waits for the same answer. */
  readonly #asking = new Map<string, Promise<Verdict>>();

  constructor(lambda: Lambda) {
    this.#lambda = lambda;
  }

  /** A missing identity is refused with 401 before the function is asked. */
  async check(plan: AuthorizerPlan, event: HttpEvent, now: number): Promise<Verdict> {
    const identities = plan.identitySource.map((source) => identity(event, source));
    if (identities.some((value) => !value)) return { refusal: unauthorized };
    if (plan.ttl === 0 || identities.length === 0) return this.#ask(plan, event, identities as string[]);
    const key = JSON.stringify([plan.id, ...identities]);
    const kept = this.#kept.get(key);
    if (kept && kept.until > now) return kept.verdict;
    const asked = this.#asking.get(key);
    if (asked) return asked;
    const asking = this.#ask(plan, event, identities as string[]).finally(() => this.#asking.delete(key));
    this.#asking.set(key, asking);
    const verdict = await asking;
    if (isJudged(verdict)) this.#keep(key, { verdict, until: now + plan.ttl * 1000 }, now);
    return verdict;
  }

  #keep(key: string, kept: Kept, now: number): void {
    if (this.#kept.size >= 10_000) for (const [old, { until }] of this.#kept) if (until <= now) this.#kept.delete(old);
    this.#kept.set(key, kept);
  }

  async #ask(plan: AuthorizerPlan, event: HttpEvent, identitySource: string[]): Promise<Verdict> {
    const { body: _, isBase64Encoded: __, ...rest } = event;
    const routeArn = `arn:aws:execute-api:us-east-1:000000000000:${event.requestContext.apiId}/${event.requestContext.stage}`;
    const asked = { ...rest, type: 'REQUEST', routeArn, identitySource };
    const answer = await this.#lambda.invoke(plan.function, asked, { caller: callerOf(event) });
    if (!answer.ok) return { refusal: answer.error.errorMessage === 'Unauthorized' ? unauthorized : internalError };
    const result = JSON.parse(answer.payload) as { isAuthorized?: unknown; context?: Record<string, unknown> } | null;
    if (typeof result?.isAuthorized !== 'boolean') return { refusal: internalError };
    return result.isAuthorized ? { context: result.context ?? {} } : { refusal: forbidden };
  }
}
