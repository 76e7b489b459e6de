import { httpHandler } from '../runtime/http.ts';
import { projectRoutes } from './routes/project.ts';

export const handler = httpHandler(projectRoutes);
