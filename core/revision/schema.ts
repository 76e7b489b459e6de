// Scripts and their revisions: each upload or pasted text is an immutable revision of one script.

import * as z from 'zod';
import { displayName } from '../platform/name.ts';
import { PageInput, pageOf } from '../platform/page.ts';
import { rule } from '../platform/words.ts';
import { Quality, ScriptFormat, Warning } from '../script/quality.ts';

export const ScriptStatus = z.enum(['active', 'deleted']);
export const RevisionStatus = z.enum(['pending', 'read', 'failed']);

export const Revision = z.object({
  scriptId: z.string(),
  number: z.int().min(1),
  status: RevisionStatus,
  fileId: z.string().nullable(),
  fileName: z.string(),
  size: z.int(),
  format: ScriptFormat.nullable(),
  encoding: z.string().nullable(),
  quality: Quality.nullable(),
  warnings: z.array(Warning),
  errorCode: z.string().nullable(),
  createdAt: z.int(),
});
export type Revision = z.infer<typeof Revision>;

export const Script = z.object({
  id: z.string(),
  projectId: z.string(),
  title: z.string(),
  /** Number of the newest revision. */
  revision: z.int(),
  status: ScriptStatus,
  /** Epoch ms: until then one that is deleted can be restored. Null of one that is not. */
  purgeAt: z.int().nullable(),
  version: z.int(),
  createdAt: z.int(),
  updatedAt: z.int(),
});
export type Script = z.infer<typeof Script>;

/** Text that comes in the request itself; larger scripts are uploaded. 2 MB of UTF-16 units. */
export const RawText = z.string().min(1).max(2_000_000);

const Source = z
  .object({
    fileId: z.string().max(60).optional(),
    rawText: RawText.optional(),
    fileName: z.string().max(200).optional(),
  })
  .refine(({ fileId, rawText }) => (fileId === undefined) !== (rawText === undefined), {
    message: rule('file_id 与 raw_text 二选一', 'give either file_id or raw_text'),
  });

export const CreateScript = z.intersection(
  z.object({ projectId: z.string().max(60), title: displayName(200).optional() }),
  Source,
);
const version = z.coerce.number().int().min(1).optional();
export const ReviseScript = z.intersection(z.object({ id: z.string().max(60), version }), Source);
export const ScriptId = z.object({ id: z.string().max(60) });
/** To remove or to restore. */
export const DisposeScript = ScriptId.extend({ version });
export const RevisionOf = z.object({ id: z.string().max(60), revision: z.coerce.number().int().min(1) });
export const ListScripts = PageInput.extend({ projectId: z.string().max(60), status: ScriptStatus.default('active') });
export const ListRevisions = PageInput.extend({ id: z.string().max(60) });
export const ScriptPage = pageOf(Script);
export const RevisionPage = pageOf(Revision);
