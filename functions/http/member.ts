import { httpHandler } from '../runtime/http.ts';
import { memberRoutes } from './routes/member.ts';

export const handler = httpHandler(memberRoutes);
