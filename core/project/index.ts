export { create } from './create.ts';
export { get, list } from './read.ts';
export { remove } from './remove.ts';
export { share } from './share.ts';
export { load, staying } from './store.ts';
export { update } from './update.ts';
