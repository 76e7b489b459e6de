// Files made for tests: Word, PDF, zip, with a script of two scenes in them.
import { Packer, Paragraph, Table, TableCell, TableRow, TextRun, Document as Word } from 'docx';
import { strToU8, type Zippable, zipSync } from 'fflate';
import PDFDocument from 'pdfkit';

/** A Word file; a line that is a list becomes a table row. */
export async function wordOf(lines: readonly (string | readonly string[])[]): Promise<Uint8Array> {
  const paragraph = (text: string) => new Paragraph({ children: [new TextRun(text)] });
  const children = lines.map((line) =>
    typeof line === 'string'
      ? paragraph(line)
      : new Table({
          rows: [new TableRow({ children: line.map((cell) => new TableCell({ children: [paragraph(cell)] })) })],
        }),
  );
  return Packer.toBuffer(new Word({ sections: [{ children }] }));
}

/** A zip with these parts; text is stored as UTF-8. */
export const zipOf = (parts: Readonly<Record<string, string | Uint8Array>>): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part]),
    ) as Zippable,
    { level: 1 },
  );

/** A Word file's main part around some paragraphs. */
export const wordXml = (body: string, before = '') =>
  `<?xml version="1.0"?>${before}<w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`;

/** A text at a place on a page, in points from the top left corner. */
export type Placed = { readonly text: string; readonly x: number; readonly y: number };

export type PdfOptions = {
  readonly font?: { readonly path: string; readonly name: string };
  readonly password?: string;
};

/** A PDF whose pages hold these texts in 12 point type. */
export function pdfOf(pages: readonly (readonly Placed[])[], { font, password }: PdfOptions = {}): Promise<Uint8Array> {
  const pdf = new PDFDocument({
    autoFirstPage: false,
    ...(password === undefined ? {} : { userPassword: password, ownerPassword: password }),
  });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise<Uint8Array>((resolve) => pdf.on('end', () => resolve(Buffer.concat(chunks))));
  for (const page of pages) {
    pdf.addPage({ size: 'LETTER', margin: 0 });
    if (font === undefined) pdf.font('Courier');
    else pdf.font(font.path, font.name);
    pdf.fontSize(12);
    for (const { text, x, y } of page) pdf.text(text, x, y, { lineBreak: false });
    // a page without words is a picture of one
    if (page.length === 0) pdf.rect(100, 100, 300, 400).fill('#888');
  }
  pdf.end();
  return done;
}

/** Lines of a screenplay page: a leading `>` sets in a cue, `-` a speech; an empty line leaves a line out. */
export function screenplayPage(lines: readonly string[], top = 72): Placed[] {
  return lines.flatMap((line, index) => {
    const x = line.startsWith('>') ? 266 : line.startsWith('-') ? 180 : 108;
    const text = line.replace(/^[>-]/, '');
    return text === '' ? [] : [{ text, x, y: top + index * 12 }];
  });
}
