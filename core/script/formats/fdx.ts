// Final Draft: XML that says what each paragraph is. Title page, script notes and SmartType lists hold more paragraphs that are no script.
import { Failure } from '../../platform/failure.ts';
import type { Paragraph, ParagraphKind, Reading } from './reading.ts';
import { decodeText } from './text.ts';
import { child, declaresEntities, type Node, xmlRoot } from './xml.ts';

const KINDS: Readonly<Record<string, ParagraphKind>> = {
  'Scene Heading': 'heading',
  Action: 'action',
  General: 'action',
  Character: 'character',
  Parenthetical: 'parenthetical',
  Dialogue: 'dialogue',
  Singing: 'lyric',
  Lyrics: 'lyric',
  Transition: 'transition',
  Shot: 'shot',
  'Cast List': 'cast',
  'Scene Characters': 'cast',
};
/** What stands around the script or above its scenes. A paragraph of any other name is one that the writer made: script. */
const NOTE = /outline|act\b|title|teaser|cold open|\btag\b|episode|note|summary|synopsis|beat|section|header|footer/i;

/** Reads an FDX file. Throws FDX_ENTITIES, FDX_DAMAGED, and the codes of decoding. */
export function readFdx(bytes: Uint8Array): Reading {
  const { text, encoding } = decodeText(bytes);
  if (declaresEntities(text)) throw new Failure('FDX_ENTITIES');
  const paragraphs = scriptOf(text);
  if (paragraphs.length === 0) throw new Failure('EMPTY_FILE');
  return { text: paragraphs.map((paragraph) => paragraph.text).join('\n'), encoding, warnings: [], paragraphs };
}

function scriptOf(xml: string): Paragraph[] {
  try {
    const root = xmlRoot(xml);
    const content = child(root, 'Content');
    if (root.name !== 'FinalDraft' || content === undefined) throw new Error('no FinalDraft/Content');
    const title = child(child(root, 'TitlePage'), 'Content');
    return [...(title ? lines(title, 'front') : []), ...lines(content)];
  } catch (error) {
    throw new Failure('FDX_DAMAGED', {}, error);
  }
}

/** Paragraphs of a Content element; each line break inside one makes a further paragraph of the same kind. */
function lines(content: Node, only?: ParagraphKind): Paragraph[] {
  return content.children
    .filter((node) => node.name === 'Paragraph')
    .flatMap((node): Paragraph[] => {
      const dual = node.children.filter((one) => one.name === 'DualDialogue').flatMap((one) => lines(one, only));
      const type = node.attributes.Type ?? '';
      const kind = only ?? KINDS[type] ?? (NOTE.test(type) ? 'note' : 'custom');
      const text = node.children
        .filter((one) => one.name === 'Text')
        .map(runOf)
        .join('');
      const number = node.attributes.Number;
      const own = text
        .split(/\r\n|\r|\n|\u2028/)
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .map((line) => (number === undefined ? { kind, text: line } : { kind, text: line, number }));
      return [...own, ...dual];
    });
}

/** The text of one run; AllCaps is a style, not the words, except where capitals are how the format shows names. */
const runOf = (run: Node) =>
  run.children
    .filter((one) => one.name === '#text')
    .map((one) => one.text)
    .join('');
