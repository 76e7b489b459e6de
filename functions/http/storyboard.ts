import { httpHandler } from '../runtime/http.ts';
import { storyboardRoutes } from './routes/storyboard.ts';

export const handler = httpHandler(storyboardRoutes);
