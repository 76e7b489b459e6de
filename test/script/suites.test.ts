// Fountain as other parsers read it: two outside suites, where they lie beside the checkout. What differs is listed with the reason.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from '../../core/script/index.ts';
import { shared } from '../kit/shared.ts';

const folder = (name: string) => (shared === undefined ? undefined : join(shared, 'suites', name));
const wildwinter = folder('wildwinter');
const jouvence = folder('jouvence');

/** One thing read: `heading`, `action`, `say NAME`, `lyric`, `transition`, `note` (sections, synopses), and its words. */
type Entry = { kind: string; text: string };

/** Emphasis marks and blanks apart, as the suites keep them and the document does not. */
const words = (text: string) =>
  text
    .replace(/\[\[\d+\]\]/g, '')
    .replace(/(?<!\\)[*_]/g, '')
    .replace(/\\(?=[*_])/g, '')
    .replace(/\s+/g, ' ')
    .trim();

/** Neighbouring actions are one; empty ones are none. */
function merged(entries: readonly Entry[]): string[] {
  const out: Entry[] = [];
  for (const { kind, text } of entries) {
    const last = out.at(-1);
    if (kind === 'action' && last?.kind === 'action') last.text = `${last.text} ${words(text)}`.trim();
    else out.push({ kind, text: words(text) });
  }
  return out.map(({ kind, text }) => `${kind}: ${text.trim()}`).filter((line) => line !== 'action: ');
}

/** The document in these words. Notes and boneyards are left out, as the suites put them elsewhere. */
async function read(file: string): Promise<string[]> {
  const bytes = readFileSync(file);
  const { episodes } = await parse(bytes, file);
  const source = bytes.toString('utf8');
  const elements = episodes
    .flatMap((episode) => [...episode.elements, ...episode.scenes.flatMap((scene) => scene.elements)])
    .sort((one, two) => one.line - two.line)
    .filter(({ kind, offset }) => kind !== 'note' || /^\s*[#=]/.test(source.slice(offset)));
  const kinds: Record<string, string> = { shot: 'action', caption: 'action', end: 'action', flashback_start: 'action' };
  return merged(
    elements.map(({ kind, text, speakers }) =>
      kind === 'dialogue' ? { kind: `say ${speakers?.join('&')}`, text } : { kind: kinds[kind] ?? kind, text },
    ),
  );
}

/** Speeches as one entry each, whatever stands between the cue and the next thing. */
function speeches(entries: readonly Entry[]): Entry[] {
  const out: Entry[] = [];
  let name: string | undefined;
  for (const { kind, text } of entries) {
    const last = out.at(-1);
    if (kind === 'character') {
      name = text;
      out.push({ kind: `say ${words(text)}`, text: '' });
    } else if (kind === 'dialogue' && last?.kind.startsWith('say ')) last.text += ` ${text}`;
    else if (kind === 'dialogue') out.push({ kind: `say ${words(name ?? '')}`, text });
    else if (kind !== 'parenthetical') out.push({ kind, text });
  }
  return out.filter(({ kind, text }) => !(kind.startsWith('say ') && text === ''));
}

const WILDWINTER: Readonly<Record<string, string | undefined>> = {
  HEADING: 'heading',
  ACTION: 'action',
  CHARACTER: 'character',
  DIALOGUE: 'dialogue',
  PARENTHETICAL: 'parenthetical',
  LYRIC: 'lyric',
  TRANSITION: 'transition',
  SECTION: 'note',
  SYNOPSIS: 'note',
};

/** `TYPE:"words"`, over several lines where the words are; what stands behind the closing quotation mark is an extension, a number, tags. */
function fromWildwinter(dump: string): string[] {
  const chunks = dump.split(/^(?=(?:\[\[\d+\]\]|\/\*\d+\*\/)?[A-Z]+(?::"|$))/m);
  const entries = chunks.flatMap((chunk): Entry[] => {
    const [, type, quoted] = /^([A-Z]+):"(.*)$/s.exec(chunk) ?? [];
    const kind = type === undefined ? undefined : WILDWINTER[type];
    if (kind === undefined || quoted === undefined) return [];
    const end = kind === 'character' ? quoted.indexOf('"') : quoted.lastIndexOf('"');
    return [{ kind, text: quoted.slice(0, end) }];
  });
  return merged(speeches(entries));
}

function fromJouvence(events: string): string[] {
  const entries = events.split('\n').flatMap((line): Entry[] => {
    const [event = '', text = ''] = line.split('|');
    const kind =
      event.startsWith('section_') || event === 'synopsis' ? 'note' : event === 'sceneHeading' ? 'heading' : event;
    return ['heading', 'action', 'note', 'transition', 'character', 'dialogue', 'parenthetical'].includes(kind)
      ? [{ kind, text }]
      : [];
  });
  return merged(speeches(entries));
}

/** Files read another way, and why. */
const DIFFERENT: Readonly<Record<string, string>> = {
  'Boneyards.fountain': 'CUT TO: with a boneyard on the next line is a transition here and action there',
  'Notes.fountain': 'a speech ends at an empty line, whatever notes follow; there the next paragraphs are spoken too',
  'Parenthetical.fountain': 'two parentheticals in a row are both parentheticals; there the second is spoken',
  'Sections.fountain': 'CUT TO: on the first line is a transition; there a title page entry without a value',
  'Tags.fountain': 'tags behind a line are an extension of that tool, not Fountain',
};

describe.skipIf(wildwinter === undefined)('wildwinter/screenplay-tools', () => {
  const files =
    wildwinter === undefined
      ? []
      : readdirSync(wildwinter).filter((name) => /^(?!TestFDX|Formatted).*\.fountain$/.test(name));
  it.each(files)('%s', async (file) => {
    const name = file.replace(/\.fountain$/, '');
    const expected = [`${name}.txt`, `${name}-Merged.txt`].find((one) => existsSync(join(wildwinter!, one)))!;
    const theirs = fromWildwinter(readFileSync(join(wildwinter!, expected), 'utf8'));
    const ours = await read(join(wildwinter!, file));
    // a difference that is gone leaves the list
    if (DIFFERENT[file] === undefined) expect(ours).toEqual(theirs);
    else expect(ours).not.toEqual(theirs);
  });

  it('emphasis marks are taken off the words, and only those', async () => {
    const { episodes } = await parse(readFileSync(join(wildwinter!, 'Formatted.fountain')), 'Formatted.fountain');
    // italics inside an underline are left as they are there
    const html = readFileSync(join(wildwinter!, 'Formatted.txt'), 'utf8').replace('*Leupold Mark 4*', 'Leupold Mark 4');
    const bare = (text: string) =>
      text
        .replace(/<[^>]+>/g, '')
        .replace(/\s+/g, ' ')
        .trim();
    const ours = episodes.flatMap(({ scenes }) => scenes.flatMap(({ elements }) => elements.map(({ text }) => text)));
    expect(bare(ours.join(' '))).toBe(bare(html));
  });

  it.each(['TestFDX-FD', 'TestFDX-FI'])('%s.fdx is read like its Fountain twin', async (name) => {
    const fdx = await read(join(wildwinter!, `${name}.fdx`));
    const fountain = await read(join(wildwinter!, `${name}.fountain`));
    expect(fdx).toEqual(fountain);
  });
});

describe.skipIf(jouvence === undefined)('jouvence', () => {
  const files = jouvence === undefined ? [] : readdirSync(jouvence).filter((name) => name.endsWith('.notif'));
  it.each(files)('%s', async (file) => {
    const script = join(jouvence!, file.replace(/\.notif$/, '.fountain'));
    expect(await read(script)).toEqual(fromJouvence(readFileSync(join(jouvence!, file), 'utf8')));
  });
});
