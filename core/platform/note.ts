// A line for what changes no row: a sensitive read, a sign-out, a refusal.
import { type AuditNote, AuditRow, auditRow } from './audit.ts';
import type { Ctx } from './ctx.ts';
import { PutCommand, type TransactWriteCommandInput } from './dynamo/command.ts';
import { newId } from './id.ts';

type LinePut = NonNullable<NonNullable<TransactWriteCommandInput['TransactItems']>[number]['Put']>;

/** The line as a row of the audit table, to be put. */
export const linePut = (ctx: Ctx, note: AuditNote): LinePut =>
  AuditRow.put(auditRow(ctx, note, newId('aud', ctx.now()))).params<LinePut>({ table: ctx.stores.audit.table });

/** Puts a line by itself. What is not noted must not be answered: whoever reads waits for it. */
export async function noteAlone(ctx: Ctx, note: AuditNote): Promise<void> {
  await ctx.stores.audit.client.send(new PutCommand(linePut(ctx, note)));
}
