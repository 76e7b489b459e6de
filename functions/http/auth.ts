import { httpHandler } from '../runtime/http.ts';
import { authRoutes } from './routes/auth.ts';

export const handler = httpHandler(authRoutes);
