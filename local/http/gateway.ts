// One HTTP API of the template, served on the loopback.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Lambda } from '../lambda/pool.ts';
import { listen } from '../listen.ts';
import type { ApiPlan, RoutePlan } from '../template/api.ts';
import { Authorizers, callerOf } from './authorizer.ts';
import { corsHeaders, isPreflight, preflightHeaders } from './cors.ts';
import { type HttpEvent, httpEvent } from './event.ts';
import { headersTooLarge, notFound, type Reply, replyOf, tooLarge, unavailable } from './reply.ts';
import { routerOf } from './route.ts';

/** Quotas of HTTP APIs: 10 MB of body; request line and headers 10,240 bytes. */
const bodyLimit = 10 * 1024 * 1024;
const headerLimit = 10_240;

export type Gateway = { readonly url: string; stop(): Promise<void> };

const readBody = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= bodyLimit) chunks.push(chunk);
  }
  return size > bodyLimit ? undefined : Buffer.concat(chunks);
};

const write = (
  response: ServerResponse,
  { status, headers, cookies, body }: Reply,
  added: Record<string, string>,
): void => {
  response.writeHead(status, {
    ...headers,
    ...added,
    ...(cookies.length && { 'set-cookie': [...cookies] }),
    'content-length': body.length,
  });
  response.end(body);
};

class HttpApi {
  readonly #plan: ApiPlan;
  readonly #lambda: Lambda;
  readonly #authorizers: Authorizers;
  readonly #route: ReturnType<typeof routerOf>;

  constructor(plan: ApiPlan, lambda: Lambda) {
    this.#plan = plan;
    this.#lambda = lambda;
    this.#authorizers = new Authorizers(lambda);
    this.#route = routerOf(plan.routes);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { cors } = this.#plan;
    if (cors && isPreflight(request)) {
      response.writeHead(204, preflightHeaders(cors, request)).end();
      return;
    }
    write(response, await this.#reply(request), cors ? corsHeaders(cors, request) : {});
  }

  async #reply(request: IncomingMessage): Promise<Reply> {
    const body = await readBody(request);
    if (!body) return tooLarge;
    const [path = '/'] = (request.url ?? '/').split('?');
    const found = this.#route(request.method ?? 'GET', path);
    if (!found) return notFound;
    const event = httpEvent({
      request,
      body,
      routeKey: found.route.key,
      pathParameters: found.parameters,
      api: this.#plan,
      now: new Date(),
    });
    return this.#authorized(found.route, event);
  }

  async #authorized(route: RoutePlan, event: HttpEvent): Promise<Reply> {
    if (!route.authorizer) return this.#integrate(route, event);
    const verdict = await this.#authorizers.check(route.authorizer, event, Date.now());
    if ('refusal' in verdict) return verdict.refusal;
    const requestContext = { ...event.requestContext, authorizer: { lambda: verdict.context } };
    return this.#integrate(route, { ...event, requestContext });
  }

  async #integrate(route: RoutePlan, event: HttpEvent): Promise<Reply> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Reply>((resolve) => {
      timer = setTimeout(() => resolve(unavailable), route.timeout);
    });
    const answer = this.#lambda.invoke(route.function, event, { caller: callerOf(event) }).then(replyOf);
    return Promise.race([answer, late]).finally(() => clearTimeout(timer));
  }
}

const refuseBadRequests = (server: Server): void => {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable) return;
    const reply = error.code === 'HPE_HEADER_OVERFLOW' ? headersTooLarge : undefined;
    const body = reply?.body.toString() ?? '{"message":"Bad Request"}';
    const status = reply ? '431 Request Header Fields Too Large' : '400 Bad Request';
    socket.end(
      `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
    );
  });
};

/** Serves an HTTP API on `port` (0: any free one). Throws PORT_TAKEN. */
export async function startHttp(plan: ApiPlan, lambda: Lambda, port: number): Promise<Gateway> {
  const api = new HttpApi(plan, lambda);
  const server = createServer({ maxHeaderSize: headerLimit }, (request, response) => {
    api.handle(request, response).catch(() => response.destroy());
  });
  refuseBadRequests(server);
  return listen(server, port, 'the HTTP API');
}
