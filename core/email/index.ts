export { change } from './change.ts';
export { confirm } from './confirm.ts';
