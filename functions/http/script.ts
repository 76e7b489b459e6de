import { httpHandler } from '../runtime/http.ts';
import { scriptRoutes } from './routes/script.ts';

export const handler = httpHandler(scriptRoutes);
