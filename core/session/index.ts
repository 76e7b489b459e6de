export { end } from './end.ts';
export { enter, entered } from './enter.ts';
export { list } from './list.ts';
export { unnoted } from './session.ts';
export {
  beginning,
  ending,
  endingAll,
  noteSeen,
  spend,
  spentOf,
  standing,
} from './store.ts';
