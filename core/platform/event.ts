// Facts: announced by the commit that makes them true, published by the table stream. Ids and small values only.
import { Entity } from 'electrodb';
import { byTenant, number, text } from './keys.ts';

/** `noun.participle`; the closed list of what may be announced. */
export type EventType =
  | 'tenant.registered'
  | 'tenant.changed'
  | 'member.joined'
  | 'member.changed'
  | 'session.ended'
  | 'tenant.plan_changed'
  | 'tenant.onboarding_requested'
  | 'tenant.closing_requested'
  | 'tenant.reopened'
  | 'comment.added'
  | 'comment.updated'
  | 'comment.deleted'
  | 'comment.restored'
  | 'project.created'
  | 'project.updated'
  | 'project.shared'
  | 'project.deleted'
  | 'project.restored'
  | 'project.purged'
  | 'file.announced'
  | 'file.stored'
  | 'file.failed'
  | 'file.deleted'
  | 'script.revised'
  | 'script.deleted'
  | 'script.restored'
  | 'script.purged'
  | 'task.requested'
  | 'task.progressed'
  | 'task.ended'
  | 'task.cancel_requested'
  | 'asset.created'
  | 'asset.updated'
  | 'asset.deleted'
  | 'asset.restored'
  | 'asset.merged'
  | 'asset.split'
  | 'asset.undone'
  | 'decision.taken'
  | 'library.resolved'
  | 'snapshot.taken'
  | 'storyboard.composed'
  | 'shot.created'
  | 'shot.updated'
  | 'shot.deleted'
  | 'shot.reordered'
  | 'usage.recorded'
  | 'quota.reached';

/** Facts that something follows from outside the tables: the stream hands functions/streams/publish.ts these, and no others. */
export const published = [
  'task.requested',
  'task.cancel_requested',
  'task.progressed',
  'task.ended',
  'member.changed',
  'session.ended',
  'tenant.onboarding_requested',
  'tenant.closing_requested',
  'tenant.reopened',
  'file.failed',
  'file.deleted',
  'project.deleted',
  'project.purged',
  'script.purged',
] as const satisfies readonly EventType[];

export type Fact = {
  readonly type: EventType;
  /** Id of the thing it is about. */
  readonly subject: string;
  /** Project it happens in, where there is one. */
  readonly project?: string;
  readonly detail?: Record<string, unknown>;
  /** Place in the subject's own sequence, where it keeps one: clients resume by it. */
  readonly seq?: number;
};

/** How long a published fact stays readable for clients that reconnect: 30 days. */
const keptSeconds = 30 * 86_400;

export const EventRow = new Entity({
  model: { entity: 'event', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    id: text,
    type: text,
    subject: text,
    project: { type: 'string' },
    actor: text,
    detail: { type: 'any' },
    at: number,
    expires_at: { type: 'number' },
  },
  indexes: {
    primary: {
      pk: byTenant,
      sk: { field: 'sk', composite: ['subject', 'id'], template: 'EVENT#${subject}#${id}', casing: 'none' },
    },
  },
});

const seqDigits = 9;
/** The highest number that sorts so. */
export const lastSeq = 10 ** seqDigits - 1;
/** Sorts like the number it stands for. */
export const seqId = (seq: number): string => `S${String(seq).padStart(seqDigits, '0')}`;

export const eventRow = (tenant: string, actor: string, fact: Fact, id: string, now: number) => ({
  tenant,
  id: fact.seq === undefined ? id : seqId(fact.seq),
  type: fact.type,
  subject: fact.subject,
  ...(fact.project && { project: fact.project }),
  actor,
  detail: fact.detail ?? {},
  at: now,
  expires_at: Math.floor(now / 1000) + keptSeconds,
});
