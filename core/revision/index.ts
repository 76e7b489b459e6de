export { create } from './create.ts';
export { document, get, list, revision, revisions } from './read.ts';
export { remove } from './remove.ts';
export { revise } from './revise.ts';
export { stored } from './source.ts';
export { loadScript } from './store.ts';
export { newScript } from './write.ts';
