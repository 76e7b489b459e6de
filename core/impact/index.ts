// Apart from revisions: what it loads is no part of the functions that only know scripts.
export { impact } from './told.ts';
