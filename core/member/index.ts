export { confirm, resend } from './confirm.ts';
export { challenge, login } from './login.ts';
export { logout } from './logout.ts';
export { me } from './me.ts';
export { refresh } from './refresh.ts';
export { register } from './register.ts';
export { load } from './store.ts';
