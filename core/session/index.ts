export { end } from './end.ts';
export { list } from './list.ts';
export { unnoted } from './session.ts';
export {
  beginning,
  ending,
  endingAll,
  noteNew,
  noteSeen,
  spend,
  spentOf,
  standing,
} from './store.ts';
