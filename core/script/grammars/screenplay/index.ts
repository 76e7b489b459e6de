// English screenplays: Fountain with all its marks, and plain text laid out the same way.
import { Assembly } from '../../assembly.ts';
import type { Source } from '../../source.ts';
import { Screenplay } from './body.ts';
import { readScreenplayFront } from './front.ts';
import { readTitlePage } from './title-page.ts';

export type Layout = {
  /** fountain: the format's own rules. plain: no rules but layout; capitals that look like a sentence are no cue. */
  readonly kind: 'fountain' | 'plain';
  readonly language: 'zh' | 'en';
};

/** Reads screenplay text. Every non-blank line ends in one element or one note. Throws TOO_MANY_SCENES. */
export function readScreenplay(source: Source, layout: Layout): { assembly: Assembly; known: ReadonlySet<string> } {
  const assembly = new Assembly(source, layout.language);
  const isPlain = layout.kind === 'plain';
  const told = new Set<string>();
  const titled = readTitlePage(assembly, isPlain, told);
  const body = new Screenplay(assembly, isPlain, titled);
  const { start } = body;
  for (const name of told) body.known.add(name);
  readScreenplayFront(assembly, titled, start, body.known);
  body.read(start);
  if (start >= source.lines.length) assembly.warnings.add('front_matter_only');
  else if (!body.headings) assembly.warnings.add('no_scene_heading');
  return { assembly, known: body.known };
}
