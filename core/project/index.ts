export { create } from './create.ts';
export { isPurged, purge, purgeDue } from './purge.ts';
export { get, list } from './read.ts';
export { remove } from './remove.ts';
export { restore } from './restore.ts';
export { purgeRows } from './rows.ts';
export { share } from './share.ts';
export { load, removedIds, staying } from './store.ts';
export { update } from './update.ts';
