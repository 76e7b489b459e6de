export { create } from './create.ts';
export { merge } from './merge.ts';
export { get, list, mentions } from './read.ts';
export { remove, restore } from './remove.ts';
export { accept, decisions, reject } from './review.ts';
export { split } from './split.ts';
export { changes, undo } from './undo.ts';
export { update } from './update.ts';
