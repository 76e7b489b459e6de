export { confirm } from './confirm.ts';
export { disable } from './disable.ts';
export { enrol } from './enrol.ts';
export { get } from './get.ts';
export { reset } from './reset.ts';
