import { httpHandler } from '../runtime/http.ts';
import { platformRoutes } from './routes/platform.ts';

export const handler = httpHandler(platformRoutes);
