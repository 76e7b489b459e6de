// The progress socket: a ticket opens it; {"action":"resume","task_id":…,"after":…} asks for what was missed.
import * as z from 'zod';
import { toSnake } from '../../core/platform/case.ts';
import { actingFor, type OpenCtx } from '../../core/platform/ctx.ts';
import { Failure } from '../../core/platform/failure.ts';
import * as Socket from '../../core/socket/index.ts';
import { cause, log } from '../runtime/log.ts';
import { close, push } from '../runtime/push.ts';
import { openStores } from '../runtime/stores.ts';

type SocketEvent = {
  requestContext: {
    routeKey: string;
    connectionId: string;
    requestId: string;
    identity?: { sourceIp?: string; userAgent?: string };
  };
  queryStringParameters?: Record<string, string | undefined>;
  body?: string;
};

const Resume = z.object({ action: z.literal('resume'), task_id: z.string().max(60), after: z.int().min(0).default(0) });

export async function handler(event: SocketEvent): Promise<{ statusCode: number }> {
  const {
    routeKey,
    connectionId,
    requestId,
    identity: { sourceIp: ip = '', userAgent: agent = '' } = {},
  } = event.requestContext;
  const ctx: OpenCtx = { stores: openStores, requestId, from: { ip, agent }, locale: 'zh-CN', now: Date.now };
  try {
    if (routeKey === '$connect') await Socket.connect(ctx, connectionId, event.queryStringParameters?.ticket ?? '');
    else if (routeKey === '$disconnect') await disconnect(ctx, connectionId);
    else await answer(ctx, connectionId, event.body ?? '');
    return { statusCode: 200 };
  } catch (error) {
    if (error instanceof Failure) return { statusCode: error.status };
    log.error('socket failed', { code: 'INTERNAL', error: cause(error) });
    return { statusCode: 500 };
  }
}

async function disconnect(ctx: OpenCtx, connection: string): Promise<void> {
  const known = await Socket.listener(ctx, connection);
  if (known) await Socket.dropSocket(ctx, known.tenant, connection);
}

async function answer(ctx: OpenCtx, connection: string, body: string): Promise<void> {
  const known = await Socket.listener(ctx, connection);
  if (!known) return close(connection);
  const asked = Resume.safeParse(read(body));
  if (!asked.success) return push(ctx, known.tenant, connection, { type: 'pong' });
  const { tenant, user, locale, role, reach } = known;
  const listening = await actingFor(ctx, {
    tenant,
    locale,
    role,
    ...(reach && { reach }),
    needs: 'task:read',
    actor: { kind: 'user', id: user },
  });
  const missed = await Socket.eventsAfter(listening, asked.data.task_id, asked.data.after);
  for (const event of missed) await push(ctx, known.tenant, connection, toSnake(event));
}

function read(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
