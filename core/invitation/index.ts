export { accept } from './accept.ts';
export { resend, revoke } from './change.ts';
export { create } from './create.ts';
export { list } from './list.ts';
export { forgetting, holderOf, some } from './store.ts';
