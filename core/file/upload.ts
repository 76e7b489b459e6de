import { presignPut } from '../platform/blob.ts';
import { verb } from '../platform/verb.ts';
import { announced, keepAnnounced } from './announce.ts';
import { linkSeconds, Upload, UploadTicket } from './schema.ts';

export const upload = verb({
  name: 'file.upload',
  summary: 'A link to PUT one file: it takes exactly this size and type, once.',
  needs: 'file:write',
  input: Upload,
  output: UploadTicket,
  run: async (ctx, asked) => {
    const row = await announced(ctx, asked);
    const file = { size: row.fileSize, contentType: row.mimeType };
    const { url, headers, seconds } = await presignPut(ctx, row.storageKey, file, linkSeconds.shortest);
    await keepAnnounced(ctx, row);
    return {
      uploadUrl: url,
      uploadHeaders: headers,
      fileId: row.id,
      storageKey: row.storageKey,
      expiresAt: row.createdAt + seconds * 1000,
    };
  },
});
