// The JSON API of Step Functions: the calls the application makes, and those that help a person look.
import { createServer, type IncomingMessage } from 'node:http';
import * as z from 'zod';
import type { Admit } from '../iam/admit.ts';
import { type Listening, listen } from '../listen.ts';
import { ExecutionRefused } from './execution-refused.ts';
import type { Executions } from './executions.ts';
import type { Execution, Journal, StoredEvent } from './journal.ts';

export type DoorOptions = {
  readonly executions: Executions;
  readonly journal: Journal;
  readonly port: number;
  /** Why who signed the request may not do that; undefined lets it pass. */
  readonly authorize: Admit;
};

const seconds = (milliseconds: number): number => milliseconds / 1000;
const text = z.string();

const machineOf = (executionArn: string): string =>
  executionArn.replace(':execution:', ':stateMachine:').replace(/:[^:]+$/, '');

const summary = (execution: Execution) => ({
  executionArn: execution.arn,
  stateMachineArn: machineOf(execution.arn),
  name: execution.name,
  status: execution.status,
  startDate: seconds(execution.started),
  ...(execution.stopped !== null && { stopDate: seconds(execution.stopped) }),
});

const described = (execution: Execution) => ({
  ...summary(execution),
  input: execution.input,
  inputDetails: { included: true },
  ...(execution.output !== null && { output: execution.output, outputDetails: { included: true } }),
  ...(execution.error !== null && { error: execution.error }),
  ...(execution.cause !== null && { cause: execution.cause }),
});

const historyEvent = ({ id, at, type, state, stateType, detail }: StoredEvent) => {
  const entry = { id, previousEventId: id - 1, timestamp: seconds(at) };
  if (type === 'entered')
    return { ...entry, type: `${stateType}StateEntered`, stateEnteredEventDetails: { name: state, input: detail } };
  if (type === 'exited')
    return { ...entry, type: `${stateType}StateExited`, stateExitedEventDetails: { name: state, output: detail } };
  const { Error: error, Cause: cause } = JSON.parse(detail);
  if (stateType === 'Task')
    return { ...entry, type: 'LambdaFunctionFailed', lambdaFunctionFailedEventDetails: { error, cause } };
  return {
    ...entry,
    type: stateType === 'Fail' ? 'ExecutionFailed' : `${stateType}StateFailed`,
    executionFailedEventDetails: { error, cause },
  };
};

const page = {
  maxResults: z.number().int().min(0).max(1000).default(0),
  nextToken: z.string().regex(/^\d+$/).default('0'),
};

const shapes = {
  StartExecution: z.looseObject({ stateMachineArn: text, name: text.optional(), input: text.optional() }),
  StopExecution: z.looseObject({ executionArn: text, error: text.optional(), cause: text.optional() }),
  DescribeExecution: z.looseObject({ executionArn: text }),
  ListExecutions: z.looseObject({ stateMachineArn: text, statusFilter: text.optional(), ...page }),
  GetExecutionHistory: z.looseObject({ executionArn: text, ...page }),
};

type Action = keyof typeof shapes;
type Input<A extends Action> = z.output<(typeof shapes)[A]>;

const answers = (executions: Executions, journal: Journal): { [A in Action]: (input: Input<A>) => unknown } => ({
  StartExecution: ({ stateMachineArn, input, name }) => {
    const execution = executions.start(stateMachineArn, input, name);
    return { executionArn: execution.arn, startDate: seconds(execution.started) };
  },
  StopExecution: async ({ executionArn, error, cause }) => {
    const execution = await executions.stop(executionArn, error, cause);
    return { stopDate: seconds(execution.stopped ?? Date.now()) };
  },
  DescribeExecution: ({ executionArn }) => described(executions.describe(executionArn)),
  ListExecutions: ({ stateMachineArn, statusFilter, maxResults, nextToken }) => {
    const [from, limit] = [Number(nextToken), maxResults || 100];
    const found = journal.list(stateMachineArn, statusFilter, from, limit + 1);
    return {
      executions: found.slice(0, limit).map(summary),
      ...(found.length > limit && { nextToken: String(from + limit) }),
    };
  },
  GetExecutionHistory: ({ executionArn, maxResults, nextToken }) => {
    executions.describe(executionArn);
    const [from, limit] = [Number(nextToken), maxResults || 100];
    const events = journal.events(executionArn);
    return {
      events: events.slice(from, from + limit).map(historyEvent),
      ...(events.length > from + limit && { nextToken: String(from + limit) }),
    };
  },
});

const parse = <A extends Action>(action: A, body: Buffer): Input<A> => {
  const parsed = shapes[action].safeParse(JSON.parse(body.toString() || '{}'));
  if (parsed.success) return parsed.data as Input<A>;
  const [issue] = parsed.error.issues;
  throw new ExecutionRefused('ValidationException', `${issue?.path.join('.')}: ${issue?.message}`);
};

const read = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
};

async function answer(options: DoorOptions, request: IncomingMessage): Promise<unknown> {
  const body = await read(request);
  const name = String(request.headers['x-amz-target'] ?? '').replace('AWSStepFunctions.', '');
  if (!(name in shapes))
    throw new ExecutionRefused('UnknownOperationException', `${name || 'This call'} is not available on this machine.`);
  const action = name as Action;
  const input = parse(action, body) as { stateMachineArn?: string; executionArn?: string };
  const resource = input.stateMachineArn ?? input.executionArn ?? '';
  const refusal = options.authorize(request, body, `states:${action}`, resource);
  if (refusal) throw new ExecutionRefused(refusal.code, refusal.message);
  const run = answers(options.executions, options.journal)[action] as (given: unknown) => unknown;
  return run(input);
}

/** Serves Step Functions on `port` (0: any free one). Throws PORT_TAKEN. */
export async function openDoor(options: DoorOptions): Promise<Listening> {
  const server = createServer(async (request, response) => {
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    try {
      response.end(JSON.stringify(await answer(options, request)));
    } catch (thrown) {
      const refused = thrown instanceof ExecutionRefused;
      response.statusCode = refused ? 400 : 500;
      const message = (thrown as Error).message;
      response.end(JSON.stringify({ __type: refused ? thrown.code : 'InternalFailure', message }));
    }
  });
  return listen(server, options.port, 'Step Functions');
}
