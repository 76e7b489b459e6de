// The table stream publishes what commits announced: it starts and stops machines, pushes progress and orders purges.
// At least once: starting twice is refused by the execution's name, a push is a hint, a purge may be repeated.
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { DynamoDBRecord, DynamoDBStreamHandler } from 'aws-lambda';
import { toSnake } from '../../core/platform/case.ts';
import { published } from '../../core/platform/event.ts';
import { reaches } from '../../core/platform/reach.ts';
import * as Socket from '../../core/socket/index.ts';
import { told } from '../../core/task/said.ts';
import type { TaskType } from '../../core/task/schema.ts';
import { acrossCtx } from '../runtime/across.ts';
import { type Announced, announced } from '../runtime/announced.ts';
import { startMachine, stopMachine } from '../runtime/machine.ts';
import { sendPurge } from '../runtime/purge-queue.ts';
import { hangUp, push } from '../runtime/push.ts';
import { startOffboarding, startOnboarding, stopOffboarding } from '../runtime/tenancy.ts';

/** As long as the longest step of the machine may take (functions/catalog.ts), and as long as a queue can wait. */
const longestStepSeconds = 900;

const processor = new BatchProcessor(EventType.DynamoDBStreams);

export const handler: DynamoDBStreamHandler = (event, context) =>
  processPartialResponse(event, publish, processor, { context });

async function publish(record: DynamoDBRecord): Promise<void> {
  const event = announced(record);
  if (event && isPublished(event.type)) await react({ ...event, type: event.type });
}

type Published = (typeof published)[number];
const isPublished = (type: string): type is Published => (published as readonly string[]).includes(type);

/** Which attempt of which task a fact of work tells of. */
const runOf = (task: string, { attempt, type }: Record<string, unknown>) => ({
  task,
  attempt: Number(attempt),
  type: type as TaskType,
});

async function react({ tenant, type, subject, project, detail }: Announced & { type: Published }): Promise<void> {
  const ctx = await acrossCtx(tenant, subject);
  switch (type) {
    case 'task.requested':
      return startMachine({ tenant, ...runOf(subject, detail) });
    case 'task.cancel_requested':
      return stopMachine(runOf(subject, detail));
    case 'task.progressed':
    case 'task.ended': {
      const listening = (await Socket.socketsOf(ctx)).filter(
        (one) => project && reaches({ ...one, needs: 'task:read' }, project),
      );
      await Promise.all(
        listening.map(({ connection, locale }) =>
          push(ctx, tenant, connection, toSnake({ type, task: told(detail, locale) })),
        ),
      );
      return;
    }
    case 'member.changed':
    case 'session.ended': {
      const theirs = (await Socket.socketsOf(ctx)).filter(({ user }) => user === subject);
      await Promise.all(theirs.map(({ connection }) => hangUp(ctx, tenant, connection)));
      return;
    }
    case 'tenant.onboarding_requested':
      return startOnboarding(subject, Number(detail.attempt));
    case 'tenant.closing_requested':
      return startOffboarding(subject, String(detail.closing));
    case 'tenant.reopened':
      return stopOffboarding(String(detail.closing));
    case 'file.failed':
    case 'file.deleted':
    case 'script.purged':
    case 'project.deleted':
      return sendPurge({ tenant, type, subject, ...(project && { project }), detail });
    case 'project.purged': {
      const order = { tenant, type, subject, ...(project && { project }), detail };
      await sendPurge(order);
      // and once more, for what a step that was at work then has written since
      return sendPurge(order, longestStepSeconds);
    }
  }
}
