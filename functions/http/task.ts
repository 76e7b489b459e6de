import { httpHandler } from '../runtime/http.ts';
import { taskRoutes } from './routes/task.ts';

export const handler = httpHandler(taskRoutes);
