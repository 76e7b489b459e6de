// Plain scripts that were pasted from Markdown: its headings and its emphasis are layout, the words are the script.
import { episodeLine } from '../chinese/episode.ts';
import { plain } from './emphasis.ts';
import type { Visible } from './hidden.ts';
import { isLabelled } from './label.ts';
import { fixedLine } from './line.ts';
import { sceneLine } from './scene-line.ts';
import { isSlug } from './slug.ts';

const HEADING = /^#{1,6}\s+(.+?)\s*#*$/;
/** - EMMA: Hi. and > EMMA: Hi.: speeches as a list or a quotation. `> CUT TO:` is Fountain's. */
const LISTED = /^(?:[-*]|>)\s+(?!.*<$)(.+)$/;

/** The lines as they read without Markdown. A heading that opens neither an episode nor a scene keeps its marks: it is a note. */
export const withoutMarkdown = ({ lines, hidden }: Visible): Visible => ({
  hidden,
  lines: lines.map((line) => {
    const listed = LISTED.exec(line)?.[1];
    if (listed !== undefined && fixedLine(listed) === undefined && isLabelled(plain(listed))) return plain(listed);
    const code = line.charCodeAt(0);
    if (code !== 35 && !line.includes('*') && !line.includes('_')) return line;
    const words = plain((code === 35 && HEADING.exec(line)?.[1]) || line);
    return code !== 35 || isSlug(words) || sceneLine(words) || episodeLine(words) ? words : line;
  }),
});

/** The title that a script opens with as a Markdown heading, or undefined. */
export function headingTitle(line: string): string | undefined {
  const words = /^#\s+(.{1,80})$/.exec(line)?.[1];
  return words === undefined || episodeLine(words) || isSlug(words) || sceneLine(words) ? undefined : plain(words);
}
