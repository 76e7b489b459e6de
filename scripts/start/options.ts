// What was asked on the command line of `npm start`, or in the environment.
import { parseArgs } from 'node:util';
import type { Ports } from '../../local/cloud.ts';

export type StartOptions = {
  readonly state: string;
  readonly ports: Ports;
  /** Runs what lies in cdk.out without building and synthesising first. */
  readonly asBuilt: boolean;
};

/** In the order of their ports, from the first one on. */
const services = ['api', 'socket', 'login', 'storage', 'dynamo', 'machines'] as const;

const firstPort = 8700;

const usage = `npm start -- [--state DIR] [--port N] [--as-built] [${services.map((name) => `--${name}-port N`).join('] [')}]
  --state DIR   folder of everything that survives a restart (.local; or SCRIPTLOOM_STATE)
  --port N      first of six ports on 127.0.0.1: ${services.join(', ')} (${firstPort}; or SCRIPTLOOM_PORT); 0 takes any free ones
  --as-built    runs what lies in cdk.out, without building and synthesising it anew`;

/** An option that does not exist or makes no sense; the message ends with the usage. */
export class WrongUsage extends Error {
  constructor(message: string) {
    super(`${message}\n${usage}`);
    this.name = 'WrongUsage';
  }
}

const portOf = (text: string, name: string): number => {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new WrongUsage(`${name} must be a port, 0 to 65535, not "${text}".`);
};

/** Throws WrongUsage for an option that is unknown or a port that is none. */
export function startOptions(args: string[], environment: NodeJS.ProcessEnv): StartOptions {
  const values = parsed(args);
  const base = portOf(String(values.port ?? environment.SCRIPTLOOM_PORT ?? firstPort), '--port');
  const ports = services.map((name, index) => {
    const given = values[`${name}-port`];
    return [name, given === undefined ? base && base + index : portOf(String(given), `--${name}-port`)] as const;
  });
  return {
    state: String(values.state ?? environment.SCRIPTLOOM_STATE ?? '.local'),
    ports: Object.fromEntries(ports) as unknown as Ports,
    asBuilt: values['as-built'] === true,
  };
}

function parsed(args: string[]): Record<string, string | boolean | undefined> {
  const text = { type: 'string' } as const;
  const portOptions = Object.fromEntries(services.map((name) => [`${name}-port`, text]));
  try {
    const { values } = parseArgs({
      args,
      options: { state: text, port: text, 'as-built': { type: 'boolean' }, ...portOptions },
    });
    return values as Record<string, string | boolean | undefined>;
  } catch (error) {
    throw new WrongUsage((error as Error).message);
  }
}
