// The functions of the plan with everything that calls them: the user pool, the state machines, the APIs.
import { join } from 'node:path';
import { type Addresses, localise } from '../address.ts';
import { environmentOf } from '../environment.ts';
import type { Callers } from '../iam/callers.ts';
import { openLogs } from '../lambda/logs.ts';
import { type Lambda, startLambda } from '../lambda/pool.ts';
import { serveMail } from '../mail/index.ts';
import { openMailbox } from '../mail/mailbox.ts';
import type { State } from '../state.ts';
import type { Execution } from '../stepfunctions/journal.ts';
import type { Plan } from '../template/plan.ts';
import { loginUrl, serveCognito } from './cognito.ts';
import type { Data } from './data.ts';
import { startGateways } from './gateways.ts';
import { type Machines, serveMachines } from './machines.ts';

export type Functions = {
  readonly lambda: Lambda;
  readonly machines: Machines;
  readonly addresses: Addresses;
  /** Where a person signs in by hand; empty without a user pool. */
  readonly loginUrl: string;
  /** Where the mails are shown. */
  readonly mailUrl: string;
};

export type FunctionsWorld = {
  readonly callers: Callers;
  readonly state: State;
  readonly data: Data;
  /** AWS_ENDPOINT_URL_… of the services that run already. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly ports: {
    readonly api: number;
    readonly socket: number;
    readonly login: number;
    readonly machines: number;
    readonly mail: number;
  };
  /** Instances of one function at once, while they work. */
  readonly instances: number;
  /** Hears of every start and end of an execution; true once everybody who asked has heard. */
  readonly changed: (execution: Execution) => Promise<boolean>;
  readonly fault: (error: unknown) => void;
  /** Called with each ending, in the order things were begun. */
  readonly atEnd: (end: () => Promise<void>) => void;
};

/** Milliseconds an idle instance of a function is kept. */
const idle = 45_000;

/** Throws WORKFLOW_NOT_UNDERSTOOD, TEMPLATE_NOT_UNDERSTOOD, PORT_TAKEN or a refusal of the state folder. */
export async function startFunctions(plan: Plan, world: FunctionsWorld): Promise<Functions> {
  const { callers, state, data, ports, instances, changed, fault, atEnd } = world;
  // Filled in while the services start; functions start when they are first called, which is after that.
  const endpoints: Record<string, string> = { ...world.endpoints };
  const addresses = { http: {}, sockets: {}, storage: data.storage.url, hosted: '' };
  const logs = openLogs(join(state.folder, 'logs'), fault);
  atEnd(logs.stop);
  const local = (text: string) => localise(text, addresses);
  const environment = (one: Plan['functions'][number]) => environmentOf(one, { callers, endpoints, local });
  const lambda = startLambda({ functions: plan.functions, environment, logs, instances, idle });
  atEnd(lambda.stop);
  const mailbox = openMailbox(state.open('mails.sqlite'));
  const mail = await serveMail(mailbox, { gate: callers, port: ports.mail, fault });
  atEnd(() => mail.stop());
  endpoints.AWS_ENDPOINT_URL_SESV2 = mail.url;
  const cognito =
    plan.pool &&
    (await serveCognito(plan.pool, {
      callers,
      lambda,
      state: state.folder,
      port: ports.login,
      mail: mailbox.keep,
      mailUrl: mail.url,
    }));
  if (cognito) {
    atEnd(() => cognito.stop());
    endpoints.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER = cognito.url;
    addresses.hosted = cognito.hostedUrl;
  }
  const database = state.open('executions.sqlite');
  const machines = await serveMachines(plan.machines, {
    lambda,
    callers,
    database,
    port: ports.machines,
    changed,
    fault,
  });
  atEnd(machines.stop);
  endpoints.AWS_ENDPOINT_URL_SFN = machines.url;
  // A service that does not run here is refused by this door, which knows it not: no call leaves the machine.
  endpoints.AWS_ENDPOINT_URL = machines.url;
  const gateways = await startGateways(plan.apis, { lambda, callers, ports });
  atEnd(gateways.stop);
  addresses.http = gateways.http;
  addresses.sockets = gateways.sockets;
  const login = cognito && plan.pool ? loginUrl(cognito.hostedUrl, plan.pool) : '';
  return { lambda, machines, addresses, loginUrl: login, mailUrl: mail.url };
}
