import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stripThinking, withoutThinking } from '../../../core/ai/providers/think.ts';
import { type ServerEvent, serverEvents } from '../../../core/ai/sse.ts';

async function* bytes(...chunks: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}
async function read(...chunks: readonly (string | Uint8Array)[]): Promise<ServerEvent[]> {
  const events: ServerEvent[] = [];
  for await (const event of serverEvents(bytes(...chunks))) events.push(event);
  return events;
}

/** A buffer in pieces, cut at the places given. */
function cutAt(buffer: Buffer, places: readonly number[]): Buffer[] {
  const sorted = [0, ...places.map((place) => place % (buffer.length + 1)).sort((a, b) => a - b), buffer.length];
  return sorted.slice(1).map((end, i) => buffer.subarray(sorted[i], end));
}

describe('a stream of events', () => {
  test('has names, data of several lines, and comments that are no events', async () => {
    expect(await read(': keep-alive\n\nevent: delta\ndata: {"a":1}\n\n:\n\ndata:one\ndata: two\nid: 7\n\n')).toEqual([
      { name: 'delta', data: '{"a":1}' },
      { name: '', data: 'one\ntwo' },
    ]);
  });

  test('begins with a byte order mark or not, and may end without its last blank line', async () => {
    expect(await read('\uFEFFdata: 1\n\ndata: 2')).toEqual([
      { name: '', data: '1' },
      { name: '', data: '2' },
    ]);
  });

  test('takes away one space after the colon and no more', async () => {
    expect(await read('data:  two\n\n')).toEqual([{ name: '', data: ' two' }]);
  });

  test('of nothing has no events', async () => {
    expect(await read()).toEqual([]);
    expect(await read('\n\n', ': still here\n\n')).toEqual([]);
  });

  test('is the same wherever it is cut, also inside a character, with any line ends', async () => {
    const line = fc.string({ unit: fc.constantFrom('灯', '𠮷', 'é', 'a', ' ', ':', '"') });
    const events = fc.array(
      fc.record({ name: fc.constantFrom('', 'delta', '消息'), data: fc.array(line, { minLength: 1, maxLength: 3 }) }),
    );
    const ends = fc.constantFrom('\n', '\r\n', '\r');
    await fc.assert(
      fc.asyncProperty(events, ends, fc.array(fc.nat(500), { maxLength: 20 }), async (given, end, places) => {
        const written = given
          .map(({ name, data }) =>
            [...(name ? [`event: ${name}`] : []), ...data.map((one) => `data: ${one}`), '', ''].join(end),
          )
          .join(`: ping${end}${end}`);
        const expected = given.map(({ name, data }) => ({ name, data: data.join('\n') }));
        expect(await read(...cutAt(Buffer.from(written), places))).toEqual(expected);
      }),
    );
  });
});

describe('thinking', () => {
  test('in front of an answer is taken out, further down it is text', () => {
    expect(stripThinking('\n<think>well…\n{"a":1}</think>{"a":2}')).toBe('{"a":2}');
    expect(stripThinking('{"line":"<think>说</think>"}')).toBe('{"line":"<think>说</think>"}');
    expect(stripThinking('<think>and never to an end')).toBe('');
    expect(stripThinking('<thin ice')).toBe('<thin ice');
    expect(stripThinking('<th')).toBe('<th');
  });

  test('comes out the same in pieces as whole', () => {
    const piece = fc.constantFrom('<', 'th', 'ink>', '</', '</think>', '<think>', ' ', '灯塔', '{"a":1}', '\n');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const thinking = withoutThinking();
        const shown = pieces.map((one) => thinking.push(one)).join('') + thinking.end();
        expect(shown).toBe(stripThinking(pieces.join('')));
      }),
    );
  });
});
