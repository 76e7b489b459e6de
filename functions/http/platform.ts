import { httpHandler } from '../runtime/http.ts';
import { depths } from '../runtime/queues.ts';
import { acrossStores } from '../runtime/stores.ts';
import { platformRoutes } from './routes/platform.ts';

export const handler = httpHandler(platformRoutes, () => ({ queues: depths }), acrossStores);
