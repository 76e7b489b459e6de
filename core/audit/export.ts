// Lines as a file.
import { AuditRow } from '../platform/audit.ts';
import { cell } from '../platform/csv.ts';
import { Failure } from '../platform/failure.ts';
import { bytesOf, FileAnswer, mostBytes } from '../platform/file-answer.ts';
import { noteAlone } from '../platform/note.ts';
import { eachRow } from '../platform/page.ts';
import { verb } from '../platform/verb.ts';
import { ExportLines, type Line } from './schema.ts';
import { shown, soughtLines } from './sought.ts';

export const exported = verb({
  name: 'audit.export',
  summary: 'What was done, as a file (csv or json), oldest first; by actor, object, verb and time (epoch ms).',
  needs: 'audit:read',
  input: ExportLines,
  output: FileAnswer,
  run: async (ctx, { format, ...sought }) => {
    const { head, line, tail, contentType } = formats[format];
    const parts: string[] = [];
    let bytes = 0;
    for await (const row of eachRow<Record<string, unknown>>(soughtLines(ctx, sought), AuditRow, ctx.stores.audit)) {
      const told = shown(row);
      const part = line(told);
      bytes += bytesOf(part);
      if (bytes > mostBytes - margin) throw tooLarge(told);
      parts.push(part);
    }
    await noteAlone(ctx, { object: ctx.tenant, after: { ...sought, format, lines: parts.length } });
    const body = `${head}${parts.join(format === 'json' ? ',\n' : '')}${tail}`;
    return { fileName: `audit-${new Date(ctx.now()).toISOString().slice(0, 10)}.${format}`, contentType, body };
  },
});

/** Bytes for head, tail and what joins the lines. */
const margin = 100_000;

const tooLarge = ({ at }: Line) =>
  new Failure('AUDIT_EXPORT_TOO_LARGE', {
    limit_megabytes: Math.floor(mostBytes / 1_000_000),
    until: new Date(at).toISOString(),
    to: at - 1,
  });

const columns = ['at', 'verb', 'actor', 'actorKind', 'role', 'object', 'project', 'ip', 'agent', 'before', 'after', 'requestId', 'id'] as const; // biome-ignore format: the header

const csvLine = (line: Line): string =>
  `${columns.map((name) => cell(textOf(name === 'at' ? new Date(line.at).toISOString() : line[name]))).join(',')}\r\n`;

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);

const formats = {
  // the mark by which spreadsheets know UTF-8
  csv: { head: `\uFEFF${columns.join(',')}\r\n`, line: csvLine, tail: '', contentType: 'text/csv; charset=utf-8' },
  json: {
    head: '[',
    line: (line: Line) => JSON.stringify(line),
    tail: ']',
    contentType: 'application/json; charset=utf-8',
  },
} as const;
