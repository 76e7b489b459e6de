import { httpHandler } from '../runtime/http.ts';
import { commentRoutes } from './routes/comment.ts';

export const handler = httpHandler(commentRoutes);
