// Lines as a file: put into the bucket, and fetched by a link, for an answer cannot be as large.
import { presignGet, putBlob } from '../platform/blob.ts';
import type { Ctx } from '../platform/ctx.ts';
import { newId } from '../platform/id.ts';
import { noteAlone } from '../platform/note.ts';
import { cursorAt, eachRow, placeOfCursor } from '../platform/page.ts';
import { remind } from '../platform/reminder.ts';
import { verb } from '../platform/verb.ts';
import type { RawLine } from './block.ts';
import { formats } from './format.ts';
import { keyOfExport } from './kept-export.ts';
import { Exported, ExportLines, type Sought } from './schema.ts';
import { soughtLines } from './sought.ts';

/** Of one file: lines take a few seconds to read, bytes are held in memory until they are put. */
const most = { lines: 20_000, bytes: 10_000_000 };

/** Ms. The link lives an hour at most; whoever comes later exports again. */
const keptMs = 86_400_000;
const linkSeconds = 3600;

export const exported = verb({
  name: 'audit.export',
  summary:
    'What was done, as a file (csv, or jsonl with the hashes of the chain), oldest first; by actor, object, verb and time (epoch ms). Answers a link; next_cursor asks for the file that goes on.',
  needs: 'audit:read',
  input: ExportLines,
  output: Exported,
  run: async (ctx, { format, cursor, ...sought }) => {
    const about = `audit.export|${format}|${JSON.stringify(sought)}`;
    const from = cursor === undefined ? { place: '', passed: 0 } : placeOfCursor(ctx, about, cursor);
    const { lines, more } = await taken(ctx, sought, from.place);
    const { contentType, write } = formats[format];
    const body = Buffer.from(await write(ctx, lines));
    const name = `${newId('exp', ctx.now())}.${format}`;
    await remind(ctx, { kind: 'export', tenant: ctx.tenant, id: name }, ctx.now() + keptMs);
    await putBlob(ctx, keyOfExport(ctx, name), body, contentType);
    await noteAlone(ctx, { object: ctx.tenant, after: { ...sought, format, lines: lines.length } });
    const passed = from.passed + lines.length;
    const fileName = `audit-${new Date(ctx.now()).toISOString().slice(0, 10)}-${from.passed + 1}.${format}`;
    const link = await presignGet(ctx, keyOfExport(ctx, name), fileName, linkSeconds);
    return {
      fileName,
      contentType,
      lines: lines.length,
      bytes: body.length,
      presignedUrl: link.url,
      presignedExpiresAt: ctx.now() + link.seconds * 1000,
      nextCursor: more ? cursorAt(ctx, about, lines.at(-1)?.id ?? '', passed) : null,
    };
  },
});

/** A line with every attribute it was hashed with. */
const raw = { parse: ({ Items }: { Items: never[] }) => ({ data: Items }) };

async function taken(ctx: Ctx, sought: Sought, behind: string): Promise<{ lines: RawLine[]; more: boolean }> {
  const lines: RawLine[] = [];
  let bytes = 0;
  for await (const line of eachRow<RawLine>(soughtLines(ctx, sought, behind), raw, ctx.stores.audit)) {
    bytes += Buffer.byteLength(JSON.stringify(line));
    if (lines.length === most.lines || (bytes > most.bytes && lines.length > 0)) return { lines, more: true };
    lines.push(line);
  }
  return { lines, more: false };
}
