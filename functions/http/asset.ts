import { httpHandler } from '../runtime/http.ts';
import { assetRoutes } from './routes/asset.ts';

export const handler = httpHandler(assetRoutes);
