// How the server is told to misbehave: words of a queue, or marks in a prompt, `[[stub:429=2]]`.

/** An answer given as it is. */
export type Raw = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, a text as it is. */
  readonly body: unknown;
};

export const words = [
  // before any answer
  'slow', 'reset', 'stall', 'silence', 'redirect', 'html', 'html-502',
  // answers of the provider
  '429', '429-ms', '429-date', '500', '503', 'quota', 'auth', 'moderation', 'invalid', 'model', 'inside',
  // the model's answer spoiled
  'half-json', 'fenced', 'prose', 'thinking', 'wrong-schema', 'empty', 'truncated', 'refusal', 'filtered',
  // the answer spoiled on the way
  'ponders', 'cut', 'half-body', 'no-usage', 'usage', 'huge',
] as const; // biome-ignore format: a list
export type Word = (typeof words)[number];

const sameAs: Readonly<Record<string, Word>> = { '5xx': '500', 'bad-json': 'half-json' };

/** One word with what stands behind its `=`; `once` holds for the first request of the same text only. */
export type Behaviour = { readonly word: Word; readonly value: string; readonly once: boolean };

/**
 * `slow=0.2 fenced` → two behaviours. `slow` seconds · `ponders` seconds of a streamed answer · `429` seconds of Retry-After, none without a value · `429-ms` ms ·
 * `429-date` seconds, said as a date · `usage` input/output. Throws on a word that is not known.
 */
export const behavioursOf = (text: string): Behaviour[] => text.split(/\s+/).filter(Boolean).map(behaviourOf);

function behaviourOf(text: string): Behaviour {
  const [, name = '', once, value = ''] = /^([\w-]+?)(-once)?(?:=(.*))?$/.exec(text) ?? [];
  const word = sameAs[name] ?? words.find((one) => one === name);
  if (!word) throw new Error(`the model server knows no behaviour "${text}"; it knows ${words.join(' ')}`);
  return { word, value, once: once !== undefined };
}

/** Marks of a prompt, in order. */
export const marksIn = (text: string): Behaviour[] =>
  [...text.matchAll(/\[\[stub:([^\]]+)\]\]/g)].flatMap(([, mark = '']) => behavioursOf(mark));
