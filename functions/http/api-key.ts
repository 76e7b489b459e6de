import { httpHandler } from '../runtime/http.ts';
import { apiKeyRoutes } from './routes/api-key.ts';

export const handler = httpHandler(apiKeyRoutes);
