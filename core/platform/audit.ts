// The audit line: who did what to which thing, from where, and what changed. Written in the same transaction as the change.
import { Entity } from 'electrodb';
import type { Ctx } from './ctx.ts';
import { byTenant, number, text } from './keys.ts';

export type AuditNote = {
  /** Id of the thing changed. */
  readonly object: string;
  readonly project?: string;
  /** Changed fields only; never secrets, never script text beyond names. */
  readonly before?: Record<string, unknown>;
  readonly after?: Record<string, unknown>;
};

export const AuditRow = new Entity({
  model: { entity: 'audit', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    id: text,
    verb: text,
    actor: text,
    actorKind: text,
    role: text,
    requestId: text,
    object: text,
    project: { type: 'string' },
    before: { type: 'any' },
    after: { type: 'any' },
    at: number,
  },
  indexes: {
    primary: {
      pk: byTenant,
      sk: { field: 'sk', composite: ['id'], template: 'AUDIT#${id}', casing: 'none' },
    },
  },
});

export const auditRow = (ctx: Ctx, note: AuditNote, id: string) => ({
  tenant: ctx.tenant,
  id,
  verb: ctx.verb ?? 'system',
  actor: ctx.actor.id,
  actorKind: ctx.actor.kind,
  role: ctx.role,
  requestId: ctx.requestId,
  object: note.object,
  ...(note.project && { project: note.project }),
  ...(note.before && { before: note.before }),
  ...(note.after && { after: note.after }),
  at: ctx.now(),
});
