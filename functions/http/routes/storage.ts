import * as File from '../../../core/file/index.ts';
import type { Routes } from './shape.ts';

export const storageRoutes: Routes = {
  'POST /storage/upload': { verb: File.upload, status: 201 },
  'POST /storage/upload/chunk': { verb: File.chunk },
  'POST /storage/upload/callback': { verb: File.callback, as: 'file' },
  'GET /storage/url/{file_id}': { verb: File.url },
  'DELETE /storage/file/{file_id}': { verb: File.remove },
  'GET /storage/usage': { verb: File.usage },
};
