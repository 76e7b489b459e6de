// A perfect reader of an episode: answers the prompt of extraction with what the gold says of the lines it is shown, and nothing else.
import type { Reply } from '../../../scripts/models/answer.ts';
import { bare, type Gold, isNeutral, surfacesOf, whoIs } from './gold.ts';

type Row = { k: string; n: string; v: string; o: string; e: number; q: string };

/** Plays the model of the extraction's prompts; answers `undefined` to any other. */
export const perfectExtract =
  (gold: Gold): Reply =>
  ({ messages }) => {
    const text = messages[0]?.text ?? '';
    return isAsked.test(text) ? answerOf(gold, text) : undefined;
  };

/** Not every provider is told the schema's name. */
const isAsked = /^Known:\n[\s\S]*\n\nLines:\n/;

/** The answer to a prompt. */
export function answerOf(gold: Gold, prompt: string) {
  const [known = '', script = ''] = prompt.replace(/^Known:\n/, '').split('\n\nLines:\n');
  const lines = linesIn(script);
  return {
    facts: [...people(gold, prompt, lines), ...props(gold, lines), ...nobodies(gold, known, lines)],
    prompts: [] as { n: string; zh: string; en: string }[],
  };
}

type Line = { readonly number: number; readonly text: string; readonly words: string; readonly scene: number };

/** `12 谢灯儿（得意）：…`: number, the whole line, and what is said or shown. */
function linesIn(script: string): Line[] {
  let scene = 0;
  return script.split('\n').flatMap((line): Line[] => {
    if (line.startsWith('# ')) scene += 1;
    const [, number, text = ''] = /^(\d+) (.*)$/.exec(line) ?? [];
    if (!number) return [];
    const words = text.replace(/^\[\w+\] /, '').replace(/^[^：，。]{1,30}：/, '');
    return [{ number: Number(number), text, words, scene }];
  });
}

/** A form once a scene, quoted from the line it stands in. */
function people(gold: Gold, prompt: string, lines: readonly Line[]): Row[] {
  const forms = gold.characters
    .flatMap((one) => surfacesOf(one).map((surface) => ({ surface, one })))
    .sort((a, b) => b.surface.length - a.surface.length);
  const rows = new Map<string, Row>();
  for (const line of lines) {
    let rest = line.text;
    for (const { surface, one } of forms) {
      const pattern = patternOf(surface);
      if (!pattern.test(rest)) continue;
      rest = rest.replaceAll(new RegExp(pattern, 'giu'), '\u0000');
      if (isNeutral(gold, surface)) continue;
      const id = `${line.scene} ${surface}`;
      const n = nameIn(prompt, lines, surfacesOf(one), one.name);
      if (!rows.has(id)) rows.set(id, rowOf('form', n, surface, line));
    }
  }
  return [...rows.values()];
}

/** Whom the reader says a form is: by the name, where the name was told or stands in the lines; else by what is written there. */
function nameIn(prompt: string, lines: readonly Line[], surfaces: readonly string[], name: string): string {
  if (patternOf(name).test(prompt)) return name;
  const times = (surface: string) => lines.filter(({ text }) => patternOf(surface).test(text)).length;
  return [...surfaces].sort((a, b) => times(b) - times(a))[0] ?? name;
}

const props = (gold: Gold, lines: readonly Line[]): Row[] =>
  gold.props.flatMap((one) =>
    surfacesOf(one).flatMap((surface) => {
      const line = lines.find(({ words }) => patternOf(surface).test(words));
      return line ? [rowOf('prop', surface, '', line)] : [];
    }),
  );

/** Forms the grammar took for people, and the gold does not know. */
function nobodies(gold: Gold, known: string, lines: readonly Line[]): Row[] {
  const called = /^called: (.*)$/m.exec(known)?.[1]?.split('、') ?? [];
  return called
    .filter((form) => whoIs(gold, form) === undefined && !isNeutral(gold, form))
    .flatMap((form) => {
      const line = lines.find(({ text }) => bare(text).includes(bare(form)));
      return line ? [rowOf('not', form, '', line)] : [];
    });
}

const rowOf = (k: string, n: string, v: string, { number, words }: Line): Row => ({
  k,
  n,
  v,
  o: '',
  e: number,
  q: words.slice(0, 30),
});

const patternOf = (surface: string): RegExp => {
  const escaped = surface.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/['’]/g, "['’]");
  return /\p{Script=Han}/u.test(surface)
    ? new RegExp(escaped, 'iu')
    : new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'iu');
};
