// Files as clients see them: announced, uploaded straight to the bucket, checked, then fetched by links.
import * as z from 'zod';
import { rule } from '../platform/words.ts';

export const FileType = z.enum(['character', 'scene', 'keyframe', 'video', 'export', 'script']);
export type FileType = z.infer<typeof FileType>;
/** Of a key frame: where in the shot it stands. */
export const FileSubtype = z.enum(['start', 'end', 'full']);
export type FileSubtype = z.infer<typeof FileSubtype>;

/** announced: a link was given, nothing is believed yet. stored: checked. failed: cannot be completed any more. */
export const FileStatus = z.enum(['announced', 'stored', 'failed', 'deleted']);
export type FileStatus = z.infer<typeof FileStatus>;

const id = z.string().max(60);

export const Upload = z.object({
  projectId: id,
  fileName: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .refine((name) => !/[\p{Cc}/\\]/u.test(name), {
      message: rule('不含路径和控制字符的文件名', 'a name without a path or control characters'),
    }),
  fileType: FileType,
  fileSubtype: FileSubtype.optional(),
  /** Bytes. */
  fileSize: z.int().min(1),
  contentType: z.string().trim().toLowerCase().min(1).max(100),
  metadata: z
    .record(z.string().max(40), z.string().max(400))
    .refine((notes) => Object.keys(notes).length <= 20, { message: rule('最多 20 项', 'at most 20 entries') })
    .optional(),
});
export type Upload = z.infer<typeof Upload>;

/** Where to PUT the bytes, with exactly these headers. */
export const UploadTicket = z.object({
  uploadUrl: z.string(),
  uploadHeaders: z.record(z.string(), z.string()),
  fileId: z.string(),
  storageKey: z.string(),
  expiresAt: z.int(),
});

/** MD5 of the bytes, as hex or base64. */
const md5 = z
  .string()
  .regex(
    /^([0-9a-f]{32}|[0-9A-F]{32}|[A-Za-z0-9+/]{22}==)$/,
    rule('十六进制或 base64 的 MD5', 'an MD5 in hex or base64'),
  );

export const Callback = z.object({
  fileId: id,
  uploadStatus: z.enum(['success', 'failed']),
  actualSize: z.int().min(0).optional(),
  md5: md5.optional(),
});

export const FileId = z.object({ fileId: id });
export const RemoveFile = FileId.extend({ version: z.coerce.number().int().min(1).optional() });

/**
 * What may be asked of a link: one hour to seven days (contract.md, Storage). A link dies with the tenant's session that signed it, within the hour
 * (docs/adr/0008, 9), so the longest is not reached: the answer says when it ends.
 */
export const linkSeconds = { shortest: 3_600, longest: 604_800 };
export const FileUrl = FileId.extend({
  /** Seconds the link shall live. */
  expiresIn: z.coerce.number().int().min(linkSeconds.shortest).max(linkSeconds.longest).default(linkSeconds.shortest),
});

export const FileInfo = z.object({
  id: z.string(),
  projectId: z.string(),
  fileName: z.string(),
  fileType: FileType,
  fileSubtype: FileSubtype.nullable(),
  status: FileStatus,
  storageProvider: z.string(),
  storageKey: z.string(),
  fileSize: z.int(),
  mimeType: z.string(),
  /** SHA-256 of the bytes, once they were checked. */
  sha256: z.string().nullable(),
  metadata: z.record(z.string(), z.string()),
  /** When a provider's own link dies; our objects do not expire. */
  expiresAt: z.int().nullable(),
  version: z.int(),
  createdAt: z.int(),
  updatedAt: z.int(),
});
export type FileInfo = z.infer<typeof FileInfo>;

/** `url` stays and gives new links; `presignedUrl` fetches the bytes until `presignedExpiresAt` (epoch ms). All are null for a failed upload. */
export const FileLink = FileInfo.extend({
  url: z.string().nullable(),
  presignedUrl: z.string().nullable(),
  presignedExpiresAt: z.int().nullable(),
});
