export { assets, list } from './read.ts';
