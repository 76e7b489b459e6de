// Single lines, each read as the list beside the checkout says.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseText } from '../../core/script/index.ts';
import { shared } from '../kit/shared.ts';

type LineCase = {
  line: string;
  kind: string;
  number?: number;
  title?: string;
  scene?: string;
  time?: string;
  int_ext?: string;
  location?: string;
  names?: string[];
  speaker?: string;
  text?: string;
  paren?: string;
  mode?: string;
  context?: string;
};

const file = shared === undefined ? undefined : join(shared, 'suites', 'line_cases_dev.jsonl');
const cases: LineCase[] =
  file === undefined
    ? []
    : readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as LineCase);

/** What was read of the line, in the words of the case. */
function reading({ line, context, kind }: LineCase): Record<string, unknown> {
  const document = parseText(context === undefined ? line : `${context}\n${line}`);
  const episode = document.episodes[0];
  if (kind === 'bio') return { kind: document.biographies.length === 1 ? 'bio' : 'none' };
  if (kind === 'episode') return { kind: episode?.elements[0]?.kind, number: episode?.number, title: episode?.title };
  const scene = episode?.scenes[0];
  const element = scene?.elements[0] ?? episode?.elements[0];
  if (element?.kind === 'heading' && scene) {
    return { kind: 'scene', scene: scene.number, time: scene.time, int_ext: scene.intExt, location: scene.location };
  }
  const { speakers, text, paren, voice } = element ?? {};
  return { kind: element?.kind, names: speakers, speaker: speakers?.join('、'), text, paren, mode: voice };
}

describe.skipIf(file === undefined)('one line at a time', () => {
  it.each(cases)('$line', (one) => {
    const { line: _, context: __, ...expected } = one;
    expect(reading(one)).toMatchObject(expected);
  });
});
