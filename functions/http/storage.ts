import { httpHandler } from '../runtime/http.ts';
import { storageRoutes } from './routes/storage.ts';

export const handler = httpHandler(storageRoutes);
