// Mails that would leave this machine: kept, and shown instead of sent.
import type { DatabaseSync } from 'node:sqlite';
import type { Mail } from '../cognito/settings.ts';

/** `at`: epoch milliseconds */
export type KeptMail = Mail & { readonly id: number; readonly at: number };

export type Mailbox = {
  /** Answers the id of the mail. */
  readonly keep: (mail: Mail) => number;
  /** Newest first; to an address, when one is given. */
  readonly list: (to?: string) => readonly KeptMail[];
};

/** The oldest are forgotten first. */
const MOST = 1000;

export const openMailbox = (database: DatabaseSync): Mailbox => {
  database.exec(
    'CREATE TABLE IF NOT EXISTS mail (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, address TEXT NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL) STRICT',
  );
  const put = database.prepare('INSERT INTO mail (at, address, subject, text) VALUES (?, ?, ?, ?)');
  const forget = database.prepare('DELETE FROM mail WHERE id <= ?');
  const all = database.prepare(
    'SELECT * FROM mail WHERE address = coalesce(?, address) COLLATE NOCASE ORDER BY id DESC LIMIT 200',
  );
  return {
    keep: ({ to, subject, text }) => {
      const id = Number(put.run(Date.now(), to, subject, text).lastInsertRowid);
      forget.run(id - MOST);
      return id;
    },
    list: (to) =>
      all.all(to ?? null).map((row) => ({
        id: Number(row.id),
        at: Number(row.at),
        to: String(row.address),
        subject: String(row.subject),
        text: String(row.text),
      })),
  };
};
