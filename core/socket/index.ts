export { eventsAfter } from './after.ts';
export { connect } from './connect.ts';
export { openTicket } from './open-ticket.ts';
export { dropSocket, forgetGone, keepSocket, listener, socketsOf } from './store.ts';
