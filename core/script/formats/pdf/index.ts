// PDF by the positions of its text: no other way keeps the difference between a cue and a paragraph.
import { Failure } from '../../../platform/failure.ts';
import type { Reading } from '../reading.ts';
import { withoutFurniture } from './furniture.ts';
import { layChinese, layScreenplay } from './layout.ts';
import { type PageLine, type Piece, pageLines } from './page.ts';

/** Fewer characters a page than this, on the average, are a scan with a stamp or a page number on it. */
const SCAN = 12;

/** Reads a PDF. Throws PDF_ENCRYPTED, PDF_DAMAGED and SCANNED_PDF. */
export async function readPdf(bytes: Uint8Array): Promise<Reading> {
  const { pages, turned, stars } = await textOf(bytes);
  const text = pages
    .flat()
    .map((line) => line.text)
    .join('\n');
  const letters = text.replace(/\s/g, '').length;
  if (letters < SCAN * pages.length || letters === 0) throw new Failure('SCANNED_PDF');
  // fonts without a map to characters give private-use or control characters
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  const unmapped = text.match(/[\ue000-\uf8ff\ufffd\u0000-\u0008]/g)?.length ?? 0;
  if (unmapped * 4 > letters) throw new Failure('PDF_DAMAGED');
  const { script, furniture } = withoutFurniture(pages);
  const chinese = (text.match(/[\u3400-\u9fff]/g)?.length ?? 0) * 9 >= (text.match(/[A-Za-z]/g)?.length ?? 0);
  const laid = chinese ? layChinese(script) : layScreenplay(script);
  const removed = [...furniture.map((line) => line.text), ...laid.dropped, ...turned];
  const reason = chinese
    ? `PDF 按版面还原，${removed.length} 行页眉、页码等已移出正文，修订星号 ${stars} 个已忽略。`
    : `Read from the page layout: ${removed.length} lines of headers, page numbers and the like were set aside, ${stars} revision marks ignored.`;
  const warnings = removed.length + stars === 0 ? [] : [{ code: 'pdf_layout' as const, values: { reason } }];
  return { text: laid.text, encoding: 'pdf', warnings, pages: laid.pages, furniture: removed };
}

async function textOf(bytes: Uint8Array): Promise<{ pages: PageLine[][]; turned: string[]; stars: number }> {
  const pages: PageLine[][] = [];
  const turned: string[] = [];
  let stars = 0;
  try {
    // 1.7 MB of code that no other format needs
    const { getDocumentProxy } = await import('unpdf');
    const pdf = await getDocumentProxy(Uint8Array.from(bytes), { verbosity: 0 });
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number);
      const content = await page.getTextContent();
      const pieces = content.items.filter((item): item is typeof item & Piece => 'str' in item);
      const read = pageLines(pieces, number);
      pages.push(read.lines);
      turned.push(...read.turned);
      stars += read.stars;
      page.cleanup();
    }
    await pdf.loadingTask.destroy();
  } catch (error) {
    const name = (error as Error).name;
    throw new Failure(name === 'PasswordException' ? 'PDF_ENCRYPTED' : 'PDF_DAMAGED', {}, error);
  }
  return { pages, turned, stars };
}
