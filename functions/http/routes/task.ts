import * as Socket from '../../../core/socket/index.ts';
import * as Task from '../../../core/task/index.ts';
import type { Routes } from './shape.ts';

export const taskRoutes: Routes = {
  'POST /ai/script/parse': { verb: Task.parseScript, status: 202 },
  'POST /ai/visual-prompt': { verb: Task.visualPrompt, status: 202 },
  'POST /ai/shots/generate': { verb: Task.generateShots, status: 202 },
  'POST /episodes/{id}/extract-assets': { verb: Task.extractAssets, status: 202 },
  'GET /ai/tasks': { verb: Task.list },
  'GET /ai/tasks/{id}': { verb: Task.get, as: 'task' },
  'GET /ai/tasks/{id}/text': { verb: Task.text },
  'GET /ai/tasks/{id}/usage': { verb: Task.usage },
  'POST /ai/tasks/{id}/cancel': { verb: Task.cancel },
  'POST /ai/tasks/{id}/retry': { verb: Task.retry, status: 202 },
  'POST /ws/tasks': { verb: Socket.openTicket, status: 201 },
};
