import * as Project from '../../../core/project/index.ts';
import type { Routes } from './shape.ts';

export const projectRoutes: Routes = {
  'GET /projects': { verb: Project.list },
  'POST /projects': { verb: Project.create, status: 201, as: 'project' },
  'GET /projects/{id}': { verb: Project.get, as: 'project' },
  'PUT /projects/{id}': { verb: Project.update, as: 'project' },
  'DELETE /projects/{id}': { verb: Project.remove },
  'POST /projects/{id}/restore': { verb: Project.restore, as: 'project' },
  'POST /projects/{id}/purge': { verb: Project.purge },
};
