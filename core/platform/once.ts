// What is made at its first use and kept for the life of the container: variables are parsed once, connections are used again.

/** Answers how to get the one that `make` makes. What `make` throws is thrown, and it is tried again the next time. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
