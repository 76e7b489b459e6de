export { exported } from './export.ts';
export { list } from './list.ts';
export { verify } from './verify.ts';
