// The pipeline's own cost: its machine over functions of fixed latency, wall clock against the critical path.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLogs } from '../local/lambda/logs.ts';
import { startLambda } from '../local/lambda/pool.ts';
import { Executions } from '../local/stepfunctions/executions.ts';
import { Journal } from '../local/stepfunctions/journal.ts';
import type { FunctionPlan } from '../local/template/function.ts';
import { workflows } from '../statemachines/index.ts';
import { atMost, median, type Row } from './row.ts';

/** Milliseconds of each step. */
const latency = 500;
/** Read, extract, resolve, snapshot, storyboard, finish: every episode runs beside the others. */
const path = 6 * latency;

const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

const planOf = (name: string): FunctionPlan => ({
  name,
  arn: arnOf(name),
  logicalId: name,
  path: name,
  folder: resolve('bench/stub'),
  handler: 'index.handler',
  environment: {},
  timeout: 60,
  memory: 256,
  role: '',
  logGroup: name,
});

export async function measure(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'scriptloom-bench-'));
  const { definition, tasks } = workflows.breakdown;
  const text = readFileSync(definition, 'utf8').replace(/\$\{(\w+)\}/g, (_, name: string) =>
    arnOf(tasks[name] ?? name),
  );
  const logs = openLogs(join(folder, 'logs'), () => {});
  const lambda = startLambda({
    functions: Object.values(tasks).map(planOf),
    environment: () => ({ LATENCY: String(latency) }),
    logs,
    instances: 20,
    idle: 60_000,
  });
  const database = new DatabaseSync(join(folder, 'journal.sqlite'));
  database.exec('PRAGMA journal_mode = WAL');
  const machine = {
    name: 'breakdown',
    arn: 'arn:machine',
    logicalId: 'Breakdown',
    definition: JSON.parse(text),
    role: '',
  };
  const executions = new Executions({
    machines: [machine],
    journal: new Journal(database, Date.now()),
    invoke: (_, arn, event, started) => lambda.invoke(arn, event, { started }),
    changed: async () => true,
    fault: (error) => console.error(error),
  });
  const once = async (): Promise<number> => {
    const began = performance.now();
    const { arn } = executions.start(machine.arn, JSON.stringify({ tenant: 't', task: 'k', attempt: 1 }));
    while (executions.describe(arn).status === 'RUNNING') await sleep(2);
    return performance.now() - began;
  };
  await once();
  const warm = median([await once(), await once(), await once()]);
  await executions.halt();
  await lambda.stop();
  await logs.stop();
  database.close();
  rmSync(folder, { recursive: true, force: true });
  return [atMost(`pipeline, 20 episodes, ${latency} ms a step: wall ÷ critical path`, warm / path, 1.15)];
}
