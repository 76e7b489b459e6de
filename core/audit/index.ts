export { exported } from './export.ts';
export { link } from './link.ts';
export { list } from './list.ts';
export { verify } from './verify.ts';
