import { httpHandler } from '../runtime/http.ts';
import { planningAi } from '../runtime/models.ts';
import { taskRoutes } from './routes/task.ts';

export const handler = httpHandler(taskRoutes, () => ({ ai: planningAi() }));
