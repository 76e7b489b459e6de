// What changed between two parsed scripts. Pure.
export { compare } from './compare.ts';
export type { Rename } from './renames.ts';
export * from './schema.ts';
export { type Stand, type Successors, successorsOf } from './successors.ts';
