// Everything that starts functions by itself: streams, queues, the event bus, the clock.
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Clients } from './clients.ts';
import type { Bell } from './events/bell.ts';
import { runClock, scheduledEvent } from './events/clock.ts';
import { type BusEvent, type Deliveries, deliver } from './events/deliver.ts';
import type { Ledger } from './events/ledger.ts';
import { checkPattern, takes } from './events/pattern.ts';
import { followQueue } from './events/queue.ts';
import { parseSchedule } from './events/schedule.ts';
import { followStream } from './events/stream.ts';
import type { Callers } from './iam/callers.ts';
import type { Lambda } from './lambda/pool.ts';
import { Refusal } from './refusal.ts';
import type { MappingPlan } from './template/mapping.ts';
import type { Plan } from './template/plan.ts';
import type { RulePlan } from './template/rule.ts';
import type { TablePlan } from './template/table.ts';

export type SourcesOptions = {
  readonly plan: Plan;
  readonly callers: Callers;
  readonly lambda: Lambda;
  readonly clients: Clients;
  readonly records: (iterator: string, limit: number) => Promise<string>;
  readonly ledger: Ledger;
  readonly queueUrl: (name: string) => string;
  /** A second start under the same name changes nothing. */
  readonly startMachine: (machineArn: string, input: string, name: string) => void;
  /** Rings when a table was written to. */
  readonly bell: Bell;
  readonly log: (line: string) => void;
};

export type Sources = {
  /** Hands an event to every rule that takes it. True once all targets had it; false when the cloud stopped before. */
  readonly publish: (event: BusEvent) => Promise<boolean>;
  /** Takes no more events; what is under way ends with the functions. */
  readonly quit: () => void;
  /** Settles when nothing is under way any more. */
  readonly ended: () => Promise<void>;
};

/** What a function's role must be allowed for a mapping to be made (Lambda Developer Guide, execution role permissions). */
const needed = {
  stream: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
  queue: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
} as const;

const checkGrants = (plan: Plan, mapping: MappingPlan, callers: Callers): void => {
  const role = plan.functions.find(({ arn }) => arn === mapping.function)?.role ?? '';
  const missing = needed[mapping.kind].filter((action) => callers.authorizeRole(role, action, mapping.source));
  if (missing.length === 0) return;
  const message = `${mapping.logicalId}: the role of ${mapping.function} may not ${missing.join(', ')} on ${mapping.source}. Grant it in the template.`;
  throw new Refusal('MISSING_GRANT', message);
};

const checkRule = (rule: RulePlan): void => {
  if (rule.schedule !== undefined) parseSchedule(rule.schedule, rule.name);
  if (rule.pattern !== undefined) checkPattern(rule.pattern, rule.name);
};

/** Throws MISSING_GRANT or TEMPLATE_NOT_UNDERSTOOD for a source that could not work. */
export function checkSources(plan: Plan, callers: Callers): void {
  for (const mapping of plan.mappings) {
    checkGrants(plan, mapping, callers);
    for (const filter of mapping.filters) checkPattern(filter, mapping.logicalId);
  }
  plan.rules.forEach(checkRule);
}

/**
 * Whoever follows a table that is made anew begins at its start: places in the table that was there before mean nothing in it.
 * Told to the log where there was one, for then the data is gone.
 */
export function beginAnew(plan: Plan, { ledger, log }: Pick<SourcesOptions, 'ledger' | 'log'>, table: TablePlan): void {
  const followers = plan.mappings.filter(({ source }) => source === table.streamArn);
  const forgotten = followers.filter(({ id }) => ledger.forget(id));
  if (forgotten.length === 0) return;
  log(
    `表 ${table.name} 的数据不在了，现为空表。dynamodb.sqlite 是否丢失或被移走？若有备份，请停止后放回再启动。 ` +
      `The data of table ${table.name} is not there; it begins empty. Was dynamodb.sqlite lost or moved away? If you have a copy, stop, put it back and start again.`,
  );
}

/** Starts every source of the plan. */
export function startSources(options: SourcesOptions): Sources {
  const { plan, callers, lambda, clients, ledger, queueUrl, log } = options;
  const control = new AbortController();
  const { signal } = control;
  const sendToQueue = async (arn: string, body: unknown): Promise<void> => {
    const url = queueUrl(arn.split(':').at(-1) ?? '');
    await clients.queues.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(body) }));
  };
  const deliveries: Deliveries = {
    invoke: (arn, event) => lambda.invoke(arn, event),
    sendToQueue,
    startMachine: options.startMachine,
    authorizeRole: callers.authorizeRole,
    log,
    signal,
  };
  const tell = async (rule: RulePlan, event: BusEvent): Promise<boolean> => {
    const outcomes = await Promise.allSettled(rule.targets.map((target) => deliver(target, event, deliveries)));
    for (const outcome of outcomes)
      if (outcome.status === 'rejected' && !signal.aborted)
        log(`${rule.name}: an event was not delivered (${outcome.reason})`);
    return !signal.aborted;
  };
  const follow = (mapping: MappingPlan): Promise<void> => {
    const common = { plan: mapping, signal, log, invoke: (event: unknown) => lambda.invoke(mapping.function, event) };
    if (mapping.kind === 'queue')
      return followQueue({
        ...common,
        client: clients.queues,
        queueUrl: queueUrl(mapping.source.split(':').at(-1) ?? ''),
      });
    return followStream({
      ...common,
      client: clients.streams,
      records: options.records,
      ledger,
      sendToQueue,
      woken: options.bell.ear(),
    });
  };
  const running = [
    ...plan.mappings.map(follow),
    ...plan.rules
      .filter(({ schedule }) => schedule !== undefined)
      .map((rule) => runClock(rule, { ledger, signal, log, fire: (at) => tell(rule, scheduledEvent(rule, at)) })),
  ];
  return {
    publish: async (event) => {
      const taking = plan.rules.filter(({ pattern }) => pattern !== undefined && takes(pattern, event));
      return (await Promise.all(taking.map((rule) => tell(rule, event)))).every(Boolean) && !signal.aborted;
    },
    quit: () => control.abort(),
    ended: async () => {
      await Promise.allSettled(running);
    },
  };
}
