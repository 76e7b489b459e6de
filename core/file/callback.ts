import { verb } from '../platform/verb.ts';
import { completed, failed } from './complete.ts';
import { linked } from './link.ts';
import { Callback, FileLink } from './schema.ts';
import { load } from './store.ts';

export const callback = verb({
  name: 'file.callback',
  summary: 'Says that an upload is done or failed; the object itself is checked before it is believed.',
  needs: 'file:write',
  input: Callback,
  output: FileLink,
  run: async (ctx, { fileId, uploadStatus, ...told }) => {
    const row = await load(ctx, fileId);
    const ended =
      uploadStatus === 'success'
        ? await completed(ctx, row, told)
        : await failed(ctx, row, 'the client gave the upload up');
    return linked(ctx, ended);
  },
});
