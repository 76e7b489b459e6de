export { exported } from './export.ts';
export { dropExport } from './kept-export.ts';
export { list } from './list.ts';
export { verify } from './verify.ts';
