export { eventsAfter } from './after.ts';
export { openTicket } from './open-ticket.ts';
export { dropSocket, keepSocket, listener, socketsOf, takeTicket } from './store.ts';
