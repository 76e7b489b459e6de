import { httpHandler } from '../runtime/http.ts';
import { planningAi } from '../runtime/models.ts';
import { scriptRoutes } from './routes/script.ts';

export const handler = httpHandler(scriptRoutes, planningAi);
