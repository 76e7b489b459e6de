import { httpHandler } from '../runtime/http.ts';
import { acrossStores } from '../runtime/stores.ts';
import { platformRoutes } from './routes/platform.ts';

export const handler = httpHandler(platformRoutes, undefined, acrossStores);
