// Sockets as people have them: whoever may no longer listen is hung up on.
import { once } from 'node:events';
import { expect, inject, test } from 'vitest';
import { aMember, aPerson } from '../kit/client.ts';

const { socketUrl } = inject('cloud');

/** An open socket of somebody, and when it ends. */
async function listening({ client }: Awaited<ReturnType<typeof aPerson>>) {
  const { ticket } = await client.socketOpenTicket();
  const socket = new WebSocket(`${socketUrl}?ticket=${ticket}`);
  const closed = once(socket, 'close');
  await once(socket, 'open');
  return { socket, closed };
}

test('the socket of a member who is removed is ended, his colleague’s stays', async () => {
  const owner = await aPerson('sockets');
  const member = await aMember(owner, 'viewer');
  const [gone, kept] = [await listening(member), await listening(owner)];
  await owner.client.memberRemove({ id: member.user.id ?? '' });
  await gone.closed;
  expect(kept.socket.readyState).toBe(WebSocket.OPEN);
  kept.socket.close();
});

test('the socket of a sign-in that is ended everywhere is ended', async () => {
  const person = await aPerson('sockets-everywhere');
  const { closed } = await listening(person);
  await person.client.memberLogout({});
  await closed;
});
