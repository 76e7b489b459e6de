export { add } from './add.ts';
export { remove, restore, update } from './change.ts';
export { list } from './list.ts';
