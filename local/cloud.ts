// The one-machine cloud: runs what a cloud assembly asks for.
import { randomBytes } from 'node:crypto';
import { type Addresses, localise } from './address.ts';
import { makeBell } from './events/bell.ts';
import { Ledger } from './events/ledger.ts';
import { statusChange } from './events/status-change.ts';
import { explain } from './fault.ts';
import { host, makeCallers } from './iam/callers.ts';
import type { Answer } from './lambda/instance.ts';
import { startData } from './services/data.ts';
import { type Functions, startFunctions } from './services/functions.ts';
import { serveVault } from './services/vault.ts';
import { beginAnew, checkSources, type Sources, startSources } from './sources.ts';
import { openState, type State } from './state.ts';
import { openStsDoor } from './sts/door.ts';
import { region } from './template/identity.ts';
import { type Plan, readPlan } from './template/plan.ts';
import type { TablePlan } from './template/table.ts';

/** Ports on 127.0.0.1; 0 takes any free one. */
export type Ports = {
  readonly api: number;
  readonly socket: number;
  readonly login: number;
  readonly storage: number;
  readonly dynamo: number;
  readonly machines: number;
  readonly vault: number;
  readonly mail: number;
  readonly sts: number;
};

export type CloudOptions = {
  /** Folder written by `cdk synth`. */
  readonly assembly: string;
  /** Folder of everything that survives a restart, or it already held. */
  readonly state: string | State;
  /** Those left out take any free port. */
  readonly ports?: Partial<Ports>;
  /** Instances of one function at once, while they work. */
  readonly instances?: number;
  /** Hears what is not normal while the cloud runs: a failed delivery, a full disk. */
  readonly log?: (line: string) => void;
};

export type Cloud = {
  /** Of the first HTTP API. */
  readonly apiUrl: string;
  /** Of the first WebSocket API, stage included: `ws://127.0.0.1:…/live`. */
  readonly socketUrl: string;
  /** Where a person signs in by hand. */
  readonly loginUrl: string;
  /** Where the mails are shown that would leave the machine. */
  readonly mailUrl: string;
  /** Outputs of all stacks by logical key, addresses in them turned to this machine's. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Runs the function of that name or logical id on an event. */
  readonly invoke: (name: string, event: unknown) => Promise<Answer>;
  /** What the AWS SDK is given to call the services as the cloud itself, which may do everything. */
  readonly host: Host;
  readonly stop: () => Promise<void>;
};

export type Host = {
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** AWS_ENDPOINT_URL_<service> */
  readonly endpoints: Readonly<Record<string, string>>;
};

type Ending = () => Promise<void> | void;

const anyFree: Ports = { api: 0, socket: 0, login: 0, storage: 0, dynamo: 0, machines: 0, vault: 0, mail: 0, sts: 0 };

/** As many as two cores keep busy; functions that wait get more. */
const usualInstances = 3;

const endAll = async (endings: Ending[]): Promise<void> => {
  for (const end of endings.splice(0).reverse()) await end();
};

/**
 * Reads the assembly and runs it. Throws a Refusal, whose message says what to do, when the assembly, the state folder
 * or a port is not as it must be; nothing is left running then.
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const state = typeof options.state === 'string' ? openState(options.state) : options.state;
  const endings: Ending[] = [state.close];
  try {
    return await compose(readPlan(options.assembly), state, options, endings);
  } catch (error) {
    await endAll(endings);
    throw explain(error, state.folder) ?? error;
  }
}

/** Starts everything in the order in which one needs the other, and notes in `endings` how to end it. */
async function compose(plan: Plan, state: State, options: CloudOptions, endings: Ending[]): Promise<Cloud> {
  const { instances = usualInstances, log = () => {} } = options;
  const ports = { ...anyFree, ...options.ports };
  const fault = (error: unknown) => log((explain(error, state.folder) ?? (error as Error)).message);
  const atEnd = (end: Ending) => void endings.push(end);
  const seed = randomBytes(32);
  const callers = makeCallers(plan.functions, plan.roles, seed);
  checkSources(plan, callers);
  const bell = makeBell();
  const ledger = new Ledger(state.open('sources.sqlite'));
  const anew = (table: TablePlan) => beginAnew(plan, { ledger, log }, table);
  const data = await startData(plan, { callers, state: state.folder, ports, seed, bell, anew, fault });
  atEnd(data.stop);
  const vault = await serveVault(plan, { callers, state, port: ports.vault, fault });
  atEnd(vault.stop);
  const sts = await openStsDoor({ callers, roles: plan.roles, port: ports.sts, fault });
  atEnd(() => sts.stop());
  const endpoints = { ...data.endpoints, ...vault.endpoints, AWS_ENDPOINT_URL_STS: sts.url };
  let sources: Sources | undefined;
  // What sources have under way ends with the functions, so this is waited for after they ended.
  atEnd(() => sources?.ended());
  const functions = await startFunctions(plan, {
    callers,
    state,
    data,
    endpoints,
    ports,
    instances,
    changed: async (execution) => (await sources?.publish(statusChange(execution))) ?? false,
    fault,
    atEnd,
  });
  const { lambda, machines } = functions;
  sources = startSources({
    plan,
    callers,
    lambda,
    clients: data.clients,
    records: data.records,
    ledger,
    queueUrl: data.storage.queueUrl,
    startMachine: machines.startFor,
    bell,
    log,
  });
  atEnd(sources.quit);
  machines.resume();
  const credentials = { accessKeyId: host, secretAccessKey: callers.secretOf(host) ?? '' };
  return { ...faceOf(plan, functions), host: { region, credentials, endpoints }, stop: () => endAll(endings) };
}

/** What the cloud shows to those who started it. */
function faceOf(plan: Plan, { lambda, addresses, loginUrl, mailUrl }: Functions): Omit<Cloud, 'host' | 'stop'> {
  const urlOf = (protocol: string, urls: Addresses['http']): string => {
    const api = plan.apis.find((one) => one.protocol === protocol);
    const stage = api && api.stage !== '$default' ? `/${api.stage}` : '';
    return api ? `${urls[api.id]}${stage}` : '';
  };
  const outputs = Object.entries(plan.outputs).map(([name, value]) => [name, localise(value, addresses)] as const);
  return {
    apiUrl: urlOf('HTTP', addresses.http),
    socketUrl: urlOf('WEBSOCKET', addresses.sockets).replace('http:', 'ws:'),
    loginUrl,
    mailUrl,
    outputs: Object.fromEntries(outputs),
    invoke: async (name, event) => {
      const found = plan.functions.find((one) => one.name === name || one.logicalId === name);
      return lambda.invoke(found?.arn ?? name, event);
    },
  };
}
