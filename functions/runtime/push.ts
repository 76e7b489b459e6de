// Pushing to sockets. A connection that is gone is forgotten; a push that fails is a hint lost, never work lost.
import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import type { OpenCtx } from '../../core/platform/ctx.ts';
import * as Socket from '../../core/socket/index.ts';
import { env } from './env.ts';
import { cause, log } from './log.ts';

let shared: ApiGatewayManagementApiClient | undefined;
const client = () => (shared ??= new ApiGatewayManagementApiClient({ endpoint: env('SOCKET_ENDPOINT') }));

/** Sends one message (JSON) to a connection of a tenant. */
export async function push(ctx: OpenCtx, tenant: string, connection: string, message: unknown): Promise<void> {
  try {
    await client().send(
      new PostToConnectionCommand({
        ConnectionId: connection,
        Data: new TextEncoder().encode(JSON.stringify(message)),
      }),
    );
  } catch (error) {
    if (error instanceof GoneException) return Socket.forgetGone(ctx, tenant, connection);
    log.warn('push failed', { error: cause(error) });
  }
}

/** Ends a connection: what it may be told has changed. The client asks for a new ticket and is told by what holds then. */
export async function hangUp(ctx: OpenCtx, tenant: string, connection: string): Promise<void> {
  await Socket.dropSocket(ctx, tenant, connection);
  await close(connection);
}

/** Ends a connection that nobody listens on any more. */
export async function close(connection: string): Promise<void> {
  try {
    await client().send(new DeleteConnectionCommand({ ConnectionId: connection }));
  } catch (error) {
    if (!(error instanceof GoneException)) log.warn('hanging up failed', { error: cause(error) });
  }
}
