// What may be uploaded as what, where it lies, and how it is cut into parts. Pure.
import { Failure } from '../platform/failure.ts';
import type { FileSubtype, FileType } from './schema.ts';

const megabyte = 1024 * 1024;

const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** What browsers say of an extension they do not know. */
const unknown = 'application/octet-stream';

/** Extension → what it may call itself. */
const scripts: Readonly<Record<string, readonly string[]>> = {
  txt: ['text/plain'],
  md: ['text/markdown', 'text/plain', unknown],
  fountain: ['text/plain', 'text/x-fountain', 'text/vnd.fountain', unknown],
  fdx: ['application/xml', 'text/xml', 'application/x-fdx', unknown],
  pdf: ['application/pdf'],
  docx: [word],
};
const pictures = { png: ['image/png'], jpg: ['image/jpeg'], jpeg: ['image/jpeg'], webp: ['image/webp'] };
const videos = { mp4: ['video/mp4'], webm: ['video/webm'], mov: ['video/quicktime'] };

type Accepted = { readonly types: Readonly<Record<string, readonly string[]>>; readonly limit: number };

/** Limits in bytes. Scripts: the reader's own limit. Others: what one function can hash while a request waits. */
const accepted: Readonly<Record<FileType, Accepted>> = {
  script: { types: scripts, limit: 50 * megabyte },
  character: { types: pictures, limit: 50 * megabyte },
  scene: { types: pictures, limit: 50 * megabyte },
  keyframe: { types: pictures, limit: 50 * megabyte },
  video: { types: videos, limit: 500 * megabyte },
  export: {
    types: {
      ...videos,
      pdf: scripts.pdf ?? [],
      docx: [word],
      xlsx: [sheet],
      zip: ['application/zip'],
      csv: ['text/csv'],
      json: ['application/json'],
      html: ['text/html'],
    },
    limit: 500 * megabyte,
  },
};

export const extensionOf = (fileName: string): string =>
  /\.([a-z0-9]{1,10})$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';

/** The type without its parameters. */
export const plainType = (contentType: string): string => contentType.split(';')[0]?.trim() ?? '';

/** Throws FILE_TYPE_UNSUPPORTED when name and type are not taken as this, FILE_TOO_LARGE. */
export function mustBeAccepted(file: {
  fileType: FileType;
  fileName: string;
  contentType: string;
  fileSize: number;
}): void {
  const { types, limit } = accepted[file.fileType];
  const known = types[extensionOf(file.fileName)] ?? [];
  if (!known.includes(plainType(file.contentType)))
    throw new Failure('FILE_TYPE_UNSUPPORTED', { content_type: file.contentType, file_name: file.fileName });
  if (file.fileSize > limit) throw new Failure('FILE_TOO_LARGE', { limit_bytes: limit });
}

/** Source: contract.md, Storage, "Keys". */
const folders = {
  character: 'characters',
  scene: 'scenes',
  video: 'videos',
  export: 'exports',
  script: 'scripts',
} as const;

/** `users/<user>/projects/<project>/<folder>/<file>.<ext>`, below the tenant's prefix. */
export function placeOf(file: {
  user: string;
  project: string;
  id: string;
  fileName: string;
  fileType: FileType;
  fileSubtype: FileSubtype | undefined;
}): string[] {
  const folder = file.fileType === 'keyframe' ? `keyframes/${file.fileSubtype ?? 'full'}` : folders[file.fileType];
  return ['users', file.user, 'projects', file.project, folder, `${file.id}.${extensionOf(file.fileName)}`];
}

/** S3 takes parts of 5 MB and more, but for the last. */
export const partSize = 8 * megabyte;

/** Sizes of the parts of a file, in order. */
export function partSizes(fileSize: number): number[] {
  const count = Math.ceil(fileSize / partSize);
  return Array.from({ length: count }, (_, at) => Math.min(partSize, fileSize - at * partSize));
}

/** One spelling of an MD5: hex, lower case. */
export const md5Hex = (md5: string): string =>
  md5.length === 24 ? Buffer.from(md5, 'base64').toString('hex') : md5.toLowerCase();
