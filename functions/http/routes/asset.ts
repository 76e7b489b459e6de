import * as Asset from '../../../core/asset/index.ts';
import * as Snapshot from '../../../core/snapshot/index.ts';
import type { Routes } from './shape.ts';

export const assetRoutes: Routes = {
  'GET /assets': { verb: Asset.list },
  'POST /assets': { verb: Asset.create, status: 201 },
  'GET /assets/{id}': { verb: Asset.get },
  'PUT /assets/{id}': { verb: Asset.update },
  'DELETE /assets/{id}': { verb: Asset.remove },
  'POST /assets/{id}/restore': { verb: Asset.restore },
  'GET /assets/{id}/mentions': { verb: Asset.mentions },
  'POST /assets/{id}/merge': { verb: Asset.merge },
  'POST /assets/{id}/split': { verb: Asset.split, status: 201 },
  'GET /asset-changes': { verb: Asset.changes },
  'POST /asset-changes/{id}/undo': { verb: Asset.undo },
  'GET /asset-decisions': { verb: Asset.decisions },
  'POST /asset-decisions/{id}/accept': { verb: Asset.accept },
  'POST /asset-decisions/{id}/reject': { verb: Asset.reject },
  'GET /snapshots': { verb: Snapshot.list },
  'GET /snapshots/{id}/assets': { verb: Snapshot.assets },
};
