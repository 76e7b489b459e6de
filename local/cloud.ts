// The one-machine cloud: runs what a cloud assembly asks for.
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startHttp } from './http/gateway.ts';
import type { Answer } from './lambda/instance.ts';
import { openLogs } from './lambda/logs.ts';
import { startLambda } from './lambda/pool.ts';
import { openDoor } from './stepfunctions/door.ts';
import { Executions } from './stepfunctions/executions.ts';
import { Journal } from './stepfunctions/journal.ts';
import { readPlan } from './template/plan.ts';

export type CloudOptions = {
  /** Folder written by `cdk synth`. */
  readonly assembly: string;
  /** Folder of everything that survives a restart. */
  readonly state: string;
};

export type Cloud = {
  readonly apiUrl: string;
  invoke(name: string, event: unknown): Promise<Answer>;
  stop(): Promise<void>;
};

export async function startCloud({ assembly, state }: CloudOptions): Promise<Cloud> {
  const plan = readPlan(assembly);
  mkdirSync(state, { recursive: true });
  const secret = randomBytes(16).toString('hex');
  const endpoints: Record<string, string> = {};
  const logs = openLogs(join(state, 'logs'), () => {});
  const lambda = startLambda({
    functions: plan.functions,
    environment: ({ name, environment }) => ({
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: name,
      AWS_SECRET_ACCESS_KEY: secret,
      ...endpoints,
      ...environment,
    }),
    logs,
    instances: 3,
    idle: 300_000,
  });
  const database = new DatabaseSync(join(state, 'executions.sqlite'));
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  const journal = new Journal(database, Date.now());
  const executions = new Executions({
    machines: plan.machines,
    journal,
    invoke: (_, arn, event, started) => lambda.invoke(arn, event, started),
    changed: async () => {},
  });
  const door = await openDoor({ executions, journal, port: 0, authorize: () => undefined });
  endpoints.AWS_ENDPOINT_URL_SFN = door.url;
  executions.resume();
  const apis = await Promise.all(
    plan.apis.filter(({ protocol }) => protocol === 'HTTP').map((api) => startHttp(api, lambda, 0)),
  );
  return {
    apiUrl: apis[0]?.url ?? '',
    invoke: async (name, event) => {
      const found = plan.functions.find((one) => one.name === name);
      return lambda.invoke(found?.arn ?? name, event);
    },
    stop: async () => {
      await Promise.all(apis.map((api) => api.stop()));
      await executions.halt();
      await door.stop();
      await lambda.stop();
      await logs.stop();
      database.close();
    },
  };
}
