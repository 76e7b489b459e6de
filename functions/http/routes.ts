// The whole API on one page: which function answers which routes. API Gateway routes, OpenAPI, the typed client and the isolation tests are generated from it.
import type { FunctionName } from '../catalog.ts';
import { apiKeyRoutes } from './routes/api-key.ts';
import { assetRoutes } from './routes/asset.ts';
import { auditRoutes } from './routes/audit.ts';
import { authRoutes } from './routes/auth.ts';
import { commentRoutes } from './routes/comment.ts';
import { memberRoutes } from './routes/member.ts';
import { metaRoutes } from './routes/meta.ts';
import { platformRoutes } from './routes/platform.ts';
import { projectRoutes } from './routes/project.ts';
import { quoteRoutes } from './routes/quote.ts';
import { scriptRoutes } from './routes/script.ts';
import { settingsRoutes } from './routes/settings.ts';
import { apiBase, type Route, type RouteKey, type Routes } from './routes/shape.ts';
import { storageRoutes } from './routes/storage.ts';
import { storyboardRoutes } from './routes/storyboard.ts';
import { taskRoutes } from './routes/task.ts';
import { writingRoutes } from './routes/writing.ts';

const tables: [FunctionName, Routes][] = [
  ['http-auth', authRoutes],
  ['http-member', memberRoutes],
  ['http-meta', metaRoutes],
  ['http-project', projectRoutes],
  ['http-storage', storageRoutes],
  ['http-script', scriptRoutes],
  ['http-task', taskRoutes],
  ['http-writing', writingRoutes],
  ['http-api-key', apiKeyRoutes],
  ['http-asset', assetRoutes],
  ['http-storyboard', storyboardRoutes],
  ['http-settings', settingsRoutes],
  ['http-comment', commentRoutes],
  ['http-quote', quoteRoutes],
  ['http-audit', auditRoutes],
  ['http-platform', platformRoutes],
];

export type ListedRoute = {
  readonly method: string;
  /** With the base path: /api/v1/projects/{id} */
  readonly path: string;
  readonly function: FunctionName;
  readonly auth: 'token' | 'none';
  readonly route: Route;
};

export const routes: readonly ListedRoute[] = tables.flatMap(([name, table]) =>
  (Object.entries(table) as [RouteKey, Route][]).map(([key, route]): ListedRoute => {
    const [method = '', path = ''] = key.split(' ');
    return {
      method,
      path: `${apiBase}${path}`,
      function: name,
      auth: route.verb.needs === 'public' ? 'none' : 'token',
      route,
    };
  }),
);
