// The most recently used of many things that are made on demand.

/** Answers how to get the one of a name. Keeps at most `most`; the one that was not used for longest makes room. */
export function recent<T>(most: number, make: (name: string) => T): (name: string) => T {
  const kept = new Map<string, T>();
  return (name) => {
    const known = kept.get(name) ?? make(name);
    kept.delete(name);
    kept.set(name, known);
    if (kept.size > most) kept.delete(kept.keys().next().value ?? '');
    return known;
  };
}
