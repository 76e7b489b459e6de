/** Order of texts by UTF-16 code unit: the same on every machine, whatever its locale. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Numbers of episodes from the first to the last, each once. */
export const inOrder = (episodes: Iterable<number>): number[] => [...new Set(episodes)].sort((a, b) => a - b);
