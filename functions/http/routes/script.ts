import * as Episode from '../../../core/episode/index.ts';
import * as Script from '../../../core/revision/index.ts';
import type { Routes } from './shape.ts';

export const scriptRoutes: Routes = {
  'POST /scripts': { verb: Script.create, status: 201 },
  'GET /scripts': { verb: Script.list },
  'GET /scripts/{id}': { verb: Script.get },
  'DELETE /scripts/{id}': { verb: Script.remove },
  'POST /scripts/{id}/restore': { verb: Script.restore },
  'POST /scripts/{id}/revisions': { verb: Script.revise, status: 201 },
  'GET /scripts/{id}/revisions': { verb: Script.revisions },
  'GET /scripts/{id}/revisions/{revision}': { verb: Script.revision },
  'GET /scripts/{id}/document': { verb: Script.document, file: true },
  'GET /episodes': { verb: Episode.list },
  'GET /episodes/{id}': { verb: Episode.get },
  'GET /episodes/{id}/elements': { verb: Episode.elements },
};
