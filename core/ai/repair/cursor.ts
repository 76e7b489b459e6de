// Where the reading of broken JSON stands.

export type Cursor = { readonly text: string; at: number };

/** Given up: what is there cannot be read without guessing at what is missing. */
export class Unreadable extends Error {}
