// XML of office files as a tree in document order. Nothing external is ever resolved; a file with a DOCTYPE must be refused before.
import { XMLParser, XMLValidator } from 'fast-xml-parser';

export type Node = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Node[];
  readonly text: string;
};

type Raw = { readonly [name: string]: unknown };

// No entity is declared (DOCTYPE is refused), so expansions are characters one for one and need no limit.
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
  processEntities: {
    enabled: true,
    maxTotalExpansions: Number.MAX_SAFE_INTEGER,
    maxExpandedLength: Number.MAX_SAFE_INTEGER,
  },
});

/** True when a document type or an entity is declared anywhere in the file. */
export const declaresEntities = (xml: string) => /<!(?:DOCTYPE|ENTITY)/i.test(xml);

/** The root element. Throws an Error when the text is no well-formed XML. */
export function xmlRoot(xml: string): Node {
  const valid = XMLValidator.validate(xml);
  if (valid !== true) throw new Error(`${valid.err.code} at ${valid.err.line}`);
  const roots = (parser.parse(xml) as Raw[])
    .map(nodeOf)
    .filter((node) => !node.name.startsWith('?') && node.name !== '#text');
  const [root] = roots;
  if (root === undefined) throw new Error('no root element');
  return root;
}

function nodeOf(raw: Raw): Node {
  const name = Object.keys(raw).find((key) => key !== ':@') ?? '';
  const value = raw[name];
  if (name === '#text') return { name, attributes: {}, children: [], text: String(value) };
  const attributes = (raw[':@'] ?? {}) as Record<string, string>;
  return { name, attributes, children: Array.isArray(value) ? (value as Raw[]).map(nodeOf) : [], text: '' };
}

/** The first child of that name. */
export const child = (node: Node | undefined, name: string) => node?.children.find((one) => one.name === name);
