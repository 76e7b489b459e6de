// Every API of the plan, served on the loopback.
import { startHttp } from '../http/gateway.ts';
import { admitWith } from '../iam/admit.ts';
import type { Callers } from '../iam/callers.ts';
import type { Lambda } from '../lambda/pool.ts';
import { lifetime } from '../socket/connection.ts';
import { startSocket } from '../socket/gateway.ts';
import type { ApiPlan } from '../template/api.ts';

export type Gateways = {
  /** URL by id of the API; of a WebSocket API that of its management API. */
  readonly http: Readonly<Record<string, string>>;
  readonly sockets: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
};

export type GatewayWorld = {
  readonly lambda: Lambda;
  readonly callers: Callers;
  /** Of the first API of each kind; any further one takes a free port. */
  readonly ports: { readonly api: number; readonly socket: number };
};

/** Throws PORT_TAKEN. */
export async function startGateways(plans: readonly ApiPlan[], world: GatewayWorld): Promise<Gateways> {
  const { lambda, callers, ports } = world;
  const authorize = admitWith(callers, 'execute-api');
  const urls = { HTTP: {} as Record<string, string>, WEBSOCKET: {} as Record<string, string> };
  const started: { stop(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((one) => one.stop()));
  };
  try {
    for (const plan of plans) {
      const own = urls[plan.protocol];
      const first = Object.keys(own).length === 0;
      const port = first ? ports[plan.protocol === 'HTTP' ? 'api' : 'socket'] : 0;
      const gateway =
        plan.protocol === 'HTTP'
          ? await startHttp(plan, lambda, port)
          : await startSocket({ plan, lambda, port, lifetime, authorize });
      started.push(gateway);
      own[plan.id] = gateway.url;
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { http: urls.HTTP, sockets: urls.WEBSOCKET, stop };
}
