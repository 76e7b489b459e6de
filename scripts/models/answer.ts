// The model's words of one request, spoiled as its behaviours say.
import type { Behaviour, Word } from './behaviour.ts';
import type { Asked, Counts, Said } from './protocol.ts';
import { sampleOf } from './sample.ts';

/** Who plays the model: an object is written as JSON, a text goes as it is. */
export type Reply = (asked: Asked) => unknown;

export const sampleReply: Reply = (asked) => (asked.schema ? sampleOf(asked.schema) : '灯塔亮了。');

/** What is said in the end; `behaviours` that have nothing to do with the words are passed over. */
export async function said(
  asked: Asked,
  reply: Reply,
  behaviours: readonly Behaviour[],
  serial: number,
): Promise<Said> {
  const given = await reply(asked);
  const clean = typeof given === 'string' ? given : JSON.stringify(given);
  const text = behaviours.reduce((so, { word }) => spoiled[word]?.(so) ?? so, clean);
  const counted: Counts = { input: tokens(JSON.stringify(asked.body)), output: tokens(text), cached: 0, reasoning: 0 };
  const usage = behaviours.reduce<Counts | undefined>((so, one) => countedAs(one, so), counted);
  const ending = behaviours.reduce<Said['ending']>((so, { word }) => endings[word] ?? so, 'stop');
  return { text, ending, usage, serial };
}

const half = (text: string): string => text.slice(0, Math.ceil(text.length / 2));

const spoiled: Readonly<Partial<Record<Word, (text: string) => string>>> = {
  'half-json': half,
  truncated: half,
  fenced: (text) => `\`\`\`json\n${text}\n\`\`\``,
  prose: (text) => `好的，这是结果：\n${text}\n希望对你有帮助。`,
  thinking: (text) => `<think>先看看{"x":1}……</think>\n\n${text}`,
  'wrong-schema': () => '{"answer":42}',
  empty: () => '',
};

const endings: Readonly<Partial<Record<Word, Said['ending']>>> = {
  truncated: 'length',
  refusal: 'refusal',
  filtered: 'filtered',
};

function countedAs({ word, value }: Behaviour, so: Counts | undefined): Counts | undefined {
  if (word === 'no-usage') return undefined;
  if (word !== 'usage' || !so) return so;
  const [input = 0, output = 0, cached = 0, reasoning = 0] = value.split('/').map(Number);
  return { input, output, cached, reasoning };
}

/** As a tokenizer would, about. */
const tokens = (text: string): number => {
  const wide = text.match(/[\u2e80-\uffef]/g)?.length ?? 0;
  return Math.ceil(wide / 1.5 + (text.length - wide) / 4);
};
