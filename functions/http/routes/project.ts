import * as Project from '../../../core/project/index.ts';
import type { Routes } from './shape.ts';

export const projectRoutes: Routes = {
  'GET /projects': { verb: Project.list },
  'POST /projects': { verb: Project.create, status: 201 },
  'GET /projects/{id}': { verb: Project.get },
  'PUT /projects/{id}': { verb: Project.update },
  'DELETE /projects/{id}': { verb: Project.remove },
};
