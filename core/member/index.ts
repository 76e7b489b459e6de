export { acting } from './acting.ts';
export { confirm, resend } from './confirm.ts';
export { entryOf, leads, membershipsOf, personMoving, personOf, withApp, withoutApp } from './directory.ts';
export { challenge, login } from './login.ts';
export { logout } from './logout.ts';
export { me } from './me.ts';
export { refresh } from './refresh.ts';
export { register } from './register.ts';
export { load, memberMoving } from './store.ts';
