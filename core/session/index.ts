export { end } from './end.ts';
export { list } from './list.ts';
export { judged, unnoted } from './session.ts';
export {
  allEndedAt,
  beginning,
  ending,
  endingAll,
  find,
  keysOf,
  noteNew,
  noteSeen,
  spend,
  spentOf,
} from './store.ts';
