// Putting somebody into a group, as an administrator does with the pool's own tools: in the file of the pool, which may be in use.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../refusal.ts';
import { openDatabase } from './store/database.ts';
import { usersOf } from './store/users.ts';

/** `directory`: where the pool keeps its users. His next token names the group. Throws Refusal when nobody has the address. */
export function joinGroup(directory: string, email: string, group: string): void {
  const file = join(directory, 'pool.sqlite');
  if (!existsSync(file))
    throw new Refusal('STATE_MISSING', `There are no users in ${directory}. Start the local cloud and register first.`);
  const db = openDatabase(file);
  try {
    const users = usersOf(db);
    const user = users.named(email);
    if (!user) throw new Refusal('USER_MISSING', `Nobody registered with ${email}. Register with it first.`);
    users.join(user.sub, group);
  } finally {
    db.close();
  }
}
