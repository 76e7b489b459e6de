import { httpHandler } from '../runtime/http.ts';
import { auditRoutes } from './routes/audit.ts';

export const handler = httpHandler(auditRoutes);
