// The audit line: who did what to which thing, from where, and what changed. Written in the same transaction as the change,
// into a table that nobody may change or delete in (docs/adr/0008, 13).
import { Entity } from 'electrodb';
import type { Ctx } from './ctx.ts';
import { byTenant, number, text } from './keys.ts';
import { redacted } from './redacted.ts';

export type AuditNote = {
  /** Id of the thing changed. */
  readonly object: string;
  readonly project?: string;
  /** Changed fields only; never script text beyond names. Secrets are taken out (core/platform/redacted.ts). */
  readonly before?: Record<string, unknown>;
  readonly after?: Record<string, unknown>;
};

/**
 * Days a line stays. Who must keep such lines for a year (PCI DSS 4.0.1, 10.5.1; China's Cybersecurity Law, article 21, asks for six
 * months) has a month more to look at them; where people were is not kept for ever. The blocks that tell of a line stay.
 */
export const keptDays = 400;

/** An index of audit lines: all of a tenant that share one field, by time. */
const by = <F extends 'object' | 'actor' | 'verb'>(index: string, field: F, letter: string) =>
  ({
    index,
    pk: {
      field: `${index}pk`,
      composite: ['tenant', field],
      template: `T#\${tenant}#${letter}#\${${field}}`,
      casing: 'none',
    },
    sk: { field: `${index}sk`, composite: ['id'], template: '${id}', casing: 'none' },
  }) as const;

export const AuditRow = new Entity({
  model: { entity: 'audit', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    id: text,
    verb: text,
    actor: text,
    actorKind: text,
    role: text,
    session: { type: 'string' },
    requestId: text,
    object: text,
    project: { type: 'string' },
    ip: { type: 'string' },
    agent: { type: 'string' },
    before: { type: 'any' },
    after: { type: 'any' },
    at: number,
    expires_at: number,
  },
  indexes: {
    primary: {
      pk: byTenant,
      sk: { field: 'sk', composite: ['id'], template: 'AUDIT#${id}', casing: 'none' },
    },
    byObject: by('gsi1', 'object', 'O'),
    byActor: by('gsi2', 'actor', 'A'),
    byVerb: by('gsi3', 'verb', 'V'),
  },
});

/** Longest text of a client's name that is kept; the header may be far longer. */
const longestAgent = 200;

export const auditRow = (ctx: Ctx, note: AuditNote, id: string) => {
  const at = ctx.now();
  return {
    tenant: ctx.tenant,
    id,
    verb: ctx.verb ?? 'system',
    actor: ctx.actor.id,
    actorKind: ctx.actor.kind,
    role: ctx.role,
    ...(ctx.session && { session: ctx.session }),
    requestId: ctx.requestId,
    object: String(redacted(note.object)),
    ...(note.project && { project: note.project }),
    ...(ctx.from && { ip: ctx.from.ip }),
    ...(ctx.from?.agent && { agent: ctx.from.agent.slice(0, longestAgent) }),
    ...(note.before && { before: redacted(note.before) }),
    ...(note.after && { after: redacted(note.after) }),
    at,
    expires_at: Math.floor(at / 1000) + keptDays * 86_400,
  };
};
