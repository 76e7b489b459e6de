// An answer that is a file and not JSON: exports.
import * as z from 'zod';

export const FileAnswer = z.object({ fileName: z.string(), contentType: z.string(), body: z.string() });
export type FileAnswer = z.infer<typeof FileAnswer>;
