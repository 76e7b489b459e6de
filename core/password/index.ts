export { change } from './change.ts';
export { forgot } from './forgot.ts';
export { reset } from './reset.ts';
