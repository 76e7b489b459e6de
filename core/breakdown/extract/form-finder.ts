// Finds many forms in a text at once: the longest at each place, left to right. Time grows with the text, not with the forms.

export interface Found {
  readonly form: string;
  readonly start: number;
  readonly end: number;
}

/** An index of forms by their first two characters, longest first. */
export class FormFinder {
  readonly #byHead = new Map<string, string[]>();

  constructor(forms: Iterable<string>) {
    for (const form of new Set(forms)) {
      if (form.length < 2) continue;
      const head = form.slice(0, 2);
      const bucket = this.#byHead.get(head);
      if (bucket) bucket.push(form);
      else this.#byHead.set(head, [form]);
    }
    for (const bucket of this.#byHead.values()) bucket.sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  }

  /** The longest form that begins at `start`, or undefined. */
  at(text: string, start: number): string | undefined {
    return this.#byHead.get(text.slice(start, start + 2))?.find((form) => text.startsWith(form, start));
  }

  /** All forms in the text that do not overlap, leftmost and longest first. */
  all(text: string): Found[] {
    const found: Found[] = [];
    for (let at = 0; at < text.length; ) {
      const form = this.at(text, at);
      if (form) found.push({ form, start: at, end: at + form.length });
      at += form ? form.length : 1;
    }
    return found;
  }
}
