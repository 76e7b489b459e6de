import * as Shot from '../../../core/shot/index.ts';
import type { Routes } from './shape.ts';

export const storyboardRoutes: Routes = {
  'GET /episodes/{id}/storyboard': { verb: Shot.ofEpisode },
  'GET /storyboards/{id}': { verb: Shot.get },
  'GET /storyboards/{id}/shots': { verb: Shot.shots },
  'POST /storyboards/{id}/shots': { verb: Shot.insert, status: 201 },
  'GET /storyboards/{id}/coverage': { verb: Shot.coverage },
  'GET /storyboards/{id}/export': { verb: Shot.exported, file: true },
  'GET /shots/{id}': { verb: Shot.shot },
  'PUT /shots/{id}': { verb: Shot.update },
  'DELETE /shots/{id}': { verb: Shot.remove },
  'POST /shots/{id}/lock': { verb: Shot.lock },
  'POST /shots/{id}/move': { verb: Shot.move },
  'POST /shots/{id}/split': { verb: Shot.split, status: 201 },
  'POST /shots/{id}/merge': { verb: Shot.merge },
};
