import { httpHandler } from '../runtime/http.ts';
import { metaRoutes } from './routes/meta.ts';

export const handler = httpHandler(metaRoutes);
