// From an HTTP API event (payload 2.0) to a verb and back: who asks, what is asked, the envelope.
import middy from '@middy/core';
import type { Told } from '../../core/limit/index.ts';
import { toCamel, toSnake } from '../../core/platform/case.ts';
import type { Ctx, OpenCtx, OpenStores, Origin } from '../../core/platform/ctx.ts';
import { throttled } from '../../core/platform/dynamo/refusal.ts';
import { Failure } from '../../core/platform/failure.ts';
import { bytesOf, type FileAnswer, mostBytes } from '../../core/platform/file-answer.ts';
import { admit } from '../../core/platform/reach.ts';
import { apiBase, type Route, type RouteKey, type Routes } from '../http/routes/shape.ts';
import { localeOf } from './accept-language.ts';
import { bodyOf } from './body.ts';
import { type Given, mustOpen, signedIn } from './caller.ts';
import type { HttpAnswer, HttpEvent } from './exchange.ts';
import { once } from './idempotency.ts';
import { versionOf } from './if-match.ts';
import { cause, log } from './log.ts';
import { noted, notedAgain } from './noted.ts';
import { admitted, admittedOpen, rateHeaders, refusalHeaders } from './rate.ts';
import { openStores } from './stores.ts';

/** The Lambda handler for a table of routes. `given`: what verbs are given beside the context; `stores`: of those that work across tenants. */
export const httpHandler = (routes: Routes, given?: Given, stores: OpenStores = openStores) =>
  middy<HttpEvent, HttpAnswer>().handler(async (event: HttpEvent): Promise<HttpAnswer> => {
    const open = openCtx(event, stores);
    try {
      return await answer(routes, event, open, given);
    } catch (error) {
      return refusal(error, open);
    }
  });

async function answer(routes: Routes, event: HttpEvent, open: OpenCtx, given: Given | undefined): Promise<HttpAnswer> {
  const key = event.routeKey.replace(` ${apiBase}`, ' ') as RouteKey;
  const route = routes[key];
  if (!route) throw new Failure('NOT_FOUND');
  const owner = route.verb.needs === 'public' ? undefined : await signedIn(event, open, given);
  const noting = async <T>(act: () => T | Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      if (owner) await noted(owner, route, event, error);
      throw error;
    }
  };
  const rate = await (owner ? admitted(owner, event) : admittedOpen(open, route.verb.verbName));
  await noting(() => owner && mustOpen(event, open));
  const input = inputOf(event);
  const run = () => noting(async () => fitting(success(route, await call(route, owner ?? open, input), open)));
  const idempotencyKey = event.headers['idempotency-key'];
  const refuse = (error: unknown) => refusal(error, open);
  if (!idempotencyKey || event.requestContext.http.method !== 'POST') return telling(rate, await run().catch(refuse));
  const request = { key: idempotencyKey, route: key, path: addressOf(event), body: event.body ?? '', owner };
  const answered = async () => {
    // an answer that is given again passes no verb, and who was given it may be less by now
    await noting(() => owner && enter(owner, route));
    const again = async (firstRequest: unknown) => owner && notedAgain(owner, route, event, firstRequest);
    return once(open, request, { run, refuse, again });
  };
  return telling(rate, await answered().catch(refuse));
}

/** What is asked beside the body: where, by what query, and based on which version. */
const addressOf = ({ rawPath, rawQueryString, headers }: HttpEvent): string =>
  [rawPath, rawQueryString && `?${rawQueryString}`, headers['if-match']].filter(Boolean).join(' ');

/** The door of a verb, for somebody signed in. Throws as `admit` does. */
function enter(owner: Ctx, { verb: { needs, evenClosing } }: Route): void {
  if (needs !== 'public') admit(owner, needs, evenClosing);
}

const telling = (rate: Told | undefined, answer: HttpAnswer): HttpAnswer =>
  rate ? { ...answer, headers: { ...answer.headers, ...rateHeaders(rate) } } : answer;

const call = (route: Route, ctx: OpenCtx, input: unknown) =>
  (route.verb as unknown as (ctx: OpenCtx, input: unknown) => Promise<unknown>)(ctx, input);

function openCtx(event: HttpEvent, stores: OpenStores): OpenCtx {
  return {
    stores,
    requestId: event.requestContext.requestId,
    from: originOf(event),
    locale: localeOf(event.headers['accept-language']),
    now: Date.now,
  };
}

const originOf = ({ requestContext: { http }, headers }: HttpEvent): Origin => {
  const agent = headers['user-agent'];
  return { ip: http.sourceIp, ...(agent !== undefined && { agent }) };
};

function inputOf(event: HttpEvent): Record<string, unknown> {
  const said = { ...(toCamel(event.queryStringParameters ?? {}) as Record<string, unknown>), ...bodyOf(event) };
  // of what is only read, every version is answered
  const header = event.requestContext.http.method === 'GET' ? undefined : event.headers['if-match'];
  const version = versionOf(header, said.version);
  return {
    ...(version !== undefined && { version }),
    ...said,
    ...(toCamel(event.pathParameters ?? {}) as object),
  };
}

function success(route: Route, data: unknown, open: OpenCtx): HttpAnswer {
  if (route.file) return file(data as FileAnswer, open);
  const bare = toSnake(data ?? {}) as object;
  const body = {
    success: true,
    data: route.as ? { ...bare, [route.as]: bare } : bare,
    message: 'ok',
    code: 0,
    timestamp: open.now(),
  };
  return json(route.status ?? 200, body, open);
}

/** Throws ANSWER_TOO_LARGE where the gateway would say nothing but 500. */
function fitting(answer: HttpAnswer): HttpAnswer {
  const { body = '' } = answer;
  // six bytes at most for a character: shorter ones need not be counted
  if (body.length * 6 > mostBytes && bytesOf(body) > mostBytes)
    throw new Failure('ANSWER_TOO_LARGE', { limit_bytes: mostBytes });
  return answer;
}

function file({ fileName, contentType, body }: FileAnswer, open: OpenCtx): HttpAnswer {
  const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(fileName.toWellFormed())}`;
  return {
    statusCode: 200,
    headers: { 'content-type': contentType, 'content-disposition': disposition, 'x-request-id': open.requestId },
    body,
  };
}

function refusal(error: unknown, open: OpenCtx): HttpAnswer {
  const failure = error instanceof Failure ? error : unforeseen(error, open);
  const { code, status } = failure;
  // alarms count these lines by their code (lib/patterns/service-function.ts)
  if (status >= 500) log.error('request failed', { code, request: open.requestId, error: cause(error) });
  const details = toSnake(failure.shown(open.locale));
  const said = { success: false, error: { code, message: failure.say(open.locale), details }, timestamp: open.now() };
  const answer = json(status, said, open);
  return { ...answer, headers: { ...answer.headers, ...refusalHeaders(failure) } };
}

/** DynamoDB and STS go on refusing for a moment, though they were asked again. */
const unforeseen = (error: unknown, { requestId }: OpenCtx): Failure =>
  error instanceof Error && throttled.has(error.name)
    ? new Failure('BUSY', {}, error)
    : new Failure('INTERNAL', { request_id: requestId }, error);

const json = (statusCode: number, body: unknown, open: OpenCtx): HttpAnswer => ({
  statusCode,
  headers: {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-request-id': open.requestId,
  },
  body: JSON.stringify(body),
});
