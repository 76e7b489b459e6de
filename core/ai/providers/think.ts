// Thinking that some models write in front of their answer, between <think> and </think>, taken out piece by piece.

export type Thinking = {
  /** The part of a piece that is not thinking. May hold back a little until more is known. */
  push(piece: string): string;
  /** What was held back. */
  end(): string;
};

const open = '<think>';
const close = '</think>';

/** Only thinking at the very beginning is taken out; a script may speak of <think> further down. Source: providers.md 2.7. */
export function withoutThinking(): Thinking {
  let held = '';
  let state: 'before' | 'inside' | 'after' = 'before';
  const before = (): string => {
    const start = held.trimStart();
    if (start.length < open.length && open.startsWith(start)) return '';
    if (!start.startsWith(open)) return after(held);
    held = start.slice(open.length);
    state = 'inside';
    return inside();
  };
  const inside = (): string => {
    const at = held.indexOf(close);
    // only what could be the beginning of the closing tag is worth keeping
    if (at === -1) held = held.slice(-(close.length - 1));
    else return after(held.slice(at + close.length));
    return '';
  };
  const after = (text: string): string => {
    held = '';
    state = 'after';
    return text;
  };
  return {
    push(piece) {
      if (state === 'after') return piece;
      held += piece;
      return state === 'before' ? before() : inside();
    },
    end: () => (state === 'before' ? after(held) : ''),
  };
}

/** The whole of an answer without its thinking. */
export function stripThinking(text: string): string {
  const thinking = withoutThinking();
  return thinking.push(text) + thinking.end();
}
