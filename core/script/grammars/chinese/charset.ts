// Kinds of characters by their code: one look-up where a search in a text of them would be asked for every character of a script.

/** For each UTF-16 unit the kind of the characters it is listed under, counted from 1; 0 for all others. */
export function charset(...kinds: readonly string[]): Uint8Array {
  const set = new Uint8Array(65_536);
  kinds.forEach((characters, index) => {
    for (let i = 0; i < characters.length; i++) set[characters.charCodeAt(i)] = index + 1;
  });
  return set;
}
