// XML in and out. Out: strings, escaped. In: fast-xml-parser without entities, values as text.
import { XMLParser } from 'fast-xml-parser';

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };

/** XML 1.0 cannot carry most control characters at all; they are written as the replacement character. */
const escapeText = (text: string): string =>
  text
    .replace(/\p{Cc}/gu, (sign) => (sign < ' ' && !'\t\n\r'.includes(sign) ? '\ufffd' : sign))
    .replace(/[&<>"\r]/g, (sign) => escapes[sign] ?? sign);

/** `<name>text</name>`, the text escaped. */
export const element = (name: string, text: string | number | boolean): string =>
  `<${name}>${escapeText(String(text))}</${name}>`;

/** `<name>…</name>` around ready XML. */
export const wrap = (name: string, inner: string): string => `<${name}>${inner}</${name}>`;

/** A whole document; errors have no namespace, results have S3's. */
export const document = (root: string, inner: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${root === 'Error' ? '' : ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'}>${inner}</${root}>`;

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => name === 'Object' || name === 'Part',
});

/** The content of the root element as nested objects; undefined when it is not XML or has another root. */
export const parseXml = (text: string, root: string): Record<string, unknown> | undefined => {
  try {
    const found: unknown = parser.parse(text)[root];
    return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};
