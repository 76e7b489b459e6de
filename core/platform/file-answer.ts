// An answer that is a file and not JSON: exports. And how much can be answered at all.
import * as z from 'zod';

export const FileAnswer = z.object({ fileName: z.string(), contentType: z.string(), body: z.string() });
export type FileAnswer = z.infer<typeof FileAnswer>;

/** Bytes of a body as it travels: a Lambda function hands it over inside JSON, where every quote mark takes two. */
export const bytesOf = (body: string): number => Buffer.byteLength(JSON.stringify(body));

/** Bytes. A Lambda function answers 6 MB; status and headers have their part. Source: Lambda quotas. */
export const mostBytes = 6_000_000;
