export { beginClosing } from './begin-closing.ts';
export { close, reopen } from './close.ts';
export { findClosure, nameHashOf } from './closure.ts';
export { takeBack } from './take-back.ts';
