import { httpHandler } from '../runtime/http.ts';
import { planningAi } from '../runtime/models.ts';
import { quoteRoutes } from './routes/quote.ts';

export const handler = httpHandler(quoteRoutes, () => ({ ai: planningAi() }));
