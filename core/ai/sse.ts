// Server-sent events out of a stream of bytes that may be cut anywhere, also inside a character.
import { isObject, parsed } from './http.ts';

export type ServerEvent = { readonly name: string; readonly data: string };

/**
 * Events in order; comments (keep-alives) give none. Line ends are LF, CRLF or CR. An event the stream ends in the middle of is
 * given too, and one whose data is a whole object ends with the next data: some servers leave out blank lines. Source: WHATWG HTML,
 * 9.2.6, but for that.
 */
export async function* serverEvents(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ServerEvent> {
  let name = '';
  let data: string[] = [];
  const take = (): ServerEvent | undefined => {
    const event = data.length > 0 ? { name, data: data.join('\n') } : undefined;
    name = '';
    data = [];
    return event;
  };
  for await (const line of lines(bytes)) {
    const [field, value] = parted(line);
    if (line === '') {
      const event = take();
      if (event) yield event;
    } else if (field === 'event') name = value;
    else if (field === 'data') {
      const whole = isWhole(data) ? take() : undefined;
      if (whole) yield whole;
      data.push(value);
    }
  }
  const last = take();
  if (last) yield last;
}

/** Whether what was heard is one object, that nothing can be added to. */
const isWhole = ([first, ...more]: readonly string[]): boolean =>
  first?.startsWith('{') === true && more.length === 0 && isObject(parsed(first));

/** `field: value`, with at most one space after the colon taken away. */
function parted(line: string): readonly [string, string] {
  const colon = line.indexOf(':');
  if (colon === -1) return [line, ''];
  return [line.slice(0, colon), line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)];
}

async function* lines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let pieces: string[] = [];
  let afterReturn = false;
  for await (const chunk of bytes) {
    let text = decoder.decode(chunk, { stream: true });
    if (text === '') continue;
    // the second half of a CRLF that was cut in two
    if (afterReturn && text[0] === '\n') text = text.slice(1);
    afterReturn = text === '' ? false : text.endsWith('\r');
    const [first = '', ...rest] = text.split(/\r\n|\n|\r/);
    pieces.push(first);
    for (const next of rest) {
      yield pieces.join('');
      pieces = [next];
    }
  }
  pieces.push(decoder.decode());
  const tail = pieces.join('');
  if (tail !== '') yield tail;
}
