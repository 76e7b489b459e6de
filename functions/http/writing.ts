import { httpHandler } from '../runtime/http.ts';
import { planningAi } from '../runtime/models.ts';
import { writingRoutes } from './routes/writing.ts';

export const handler = httpHandler(writingRoutes, () => ({ ai: planningAi() }));
