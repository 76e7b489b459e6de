import { askingAi } from '../runtime/ai.ts';
import { httpHandler } from '../runtime/http.ts';
import { settingsRoutes } from './routes/settings.ts';

export const handler = httpHandler(settingsRoutes, (stores) => ({ ai: askingAi(stores) }));
