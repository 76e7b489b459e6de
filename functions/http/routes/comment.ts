import * as Comment from '../../../core/comment/index.ts';
import type { Routes } from './shape.ts';

export const commentRoutes: Routes = {
  'GET /comments': { verb: Comment.list },
  'POST /comments': { verb: Comment.add, status: 201 },
  'PUT /comments/{id}': { verb: Comment.update },
  'DELETE /comments/{id}': { verb: Comment.remove },
  'POST /comments/{id}/restore': { verb: Comment.restore },
};
