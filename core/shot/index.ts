export { insert, merge, move, remove, split } from './edit.ts';
export { exported } from './exported.ts';
export { coverage, get, ofEpisode, shot, shots } from './read.ts';
export { lock, update } from './update.ts';
