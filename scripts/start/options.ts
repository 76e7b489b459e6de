// What was asked on the command line of `npm start`, or in the environment.
import { parseArgs } from 'node:util';
import type { Ports } from '../../local/cloud.ts';

export type StartOptions = {
  readonly state: string;
  readonly ports: Ports;
  /** Assembly that is run as it lies there; without one, everything is built and synthesised first. */
  readonly assembly: string | undefined;
  /** Who plays the providers of models; without one, those whose keys were entered are asked. */
  readonly provider: 'stub' | undefined;
};

/** In the order of their ports, from the first one on. */
const services = ['api', 'socket', 'login', 'storage', 'dynamo', 'machines', 'vault', 'mail', 'sts'] as const;

const firstPort = 8700;

/** What the command takes. */
export const usage = `Usage: npm start -- [--state DIR] [--port N] [--assembly DIR] [--provider stub] [${services.map((name) => `--${name}-port N`).join('] [')}]
  --state DIR     folder of everything that survives a restart (.local; or SCRIPTLOOM_STATE)
  --port N        first of nine ports on 127.0.0.1: ${services.join(', ')} (${firstPort}; or SCRIPTLOOM_PORT); 0 takes any free ones
  --assembly DIR  runs what \`npm run synth\` wrote there (cdk.out), without building and synthesising first
  --provider stub a model server on this machine plays every provider: the model path without a key`;

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
  const base = portOf(values.port ?? environment.SCRIPTLOOM_PORT ?? String(firstPort), '--port');
  const ports = services.map((name, index) => {
    const given = values[`${name}-port`];
    return [name, given === undefined ? base && base + index : portOf(given, `--${name}-port`)] as const;
  });
  return {
    state: values.state ?? environment.SCRIPTLOOM_STATE ?? '.local',
    ports: Object.fromEntries(ports) as unknown as Ports,
    assembly: values.assembly,
    provider: providerOf(values.provider),
  };
}

function providerOf(name: string | undefined): 'stub' | undefined {
  if (name === undefined || name === 'stub') return name;
  throw new WrongUsage(`--provider must be stub, not "${name}". Keys of real providers are entered in the settings.`);
}

function parsed(args: string[]): Record<string, string | undefined> {
  const text = { type: 'string' } as const;
  const portOptions = Object.fromEntries(services.map((name) => [`${name}-port`, text]));
  try {
    const { values } = parseArgs({
      args,
      options: { state: text, port: text, assembly: text, provider: text, ...portOptions },
    });
    return values as Record<string, string | undefined>;
  } catch (error) {
    throw new WrongUsage((error as Error).message);
  }
}
