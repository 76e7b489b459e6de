export { create } from './create.ts';
export { purgeDue, purgeScript } from './purge.ts';
export { document, get, list, revision, revisions } from './read.ts';
export { remove, restore } from './remove.ts';
export { revise } from './revise.ts';
export { stored } from './source.ts';
export { loadRevision, loadScript } from './store.ts';
export { purgeTexts } from './text.ts';
export { newScript, nextRevision } from './write.ts';
