// Long lists, page after page.

type Page<T> = { items: T[]; next_cursor: string | null };

/** Every item of a list; `ask` gets the cursor of the next page. */
export async function allPages<T>(ask: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask(cursor);
    items.push(...page.items);
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
  return items;
}
