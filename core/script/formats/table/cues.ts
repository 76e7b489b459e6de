// Tables of two columns without heads: who speaks, and what is said.
import { fieldKind } from '../../grammars/chinese/field.ts';
import { labelOf, speakable } from '../../grammars/chinese/label.ts';
import { ABOVE, type Cell, filledLines, isFilled, ownCells, type Row, wordsOf } from './cell.ts';

const MARK = /^[△▲※■]$/;
const ENDED = /[。！？…!?—～~”"』」）)]$/;
/** What people say to each other and lists of people do not. */
const SAID = /[我你您咱俺]/;
/** What somebody is said to say: 口头禅“我不在乎！”. */
const QUOTED = /(?<=[^\s“])“[^”]*”/g;
/** A person of a list. */
const ROLE = /^(?:女主|男主|反派|配角|[0-9]+岁)/;

/** A longer cell names nobody. */
const WHO_LENGTH = 60;

/** `name` is empty for what nobody says; `who` is the name with its brackets, or a mark. */
type Cue = { readonly who: string; readonly name: string; readonly words: Cell };

/** Such a table as lines, or undefined. A list of people or things is none: in it are no actions, and nobody speaks twice. */
export function cueLines(rows: readonly Row[]): string[] | undefined {
  const cues: Cue[] = [];
  for (const row of rows) {
    const cue = row[0] === ABOVE && cues.length > 0 ? { ...cues.at(-1)!, words: row[1] ?? [] } : cueOf(ownCells(row));
    if (cue === undefined) return undefined;
    cues.push(cue);
  }
  const spoken = cues.filter(({ name }) => name !== '');
  const share = (test: RegExp, off: RegExp | string = '') =>
    spoken.filter(({ words }) => test.test(wordsOf(words).replace(off, ''))).length / spoken.length;
  if (spoken.length < 2 || share(ENDED) < 0.8) return undefined;
  if (spoken.some(({ words }) => ROLE.test(wordsOf(words)))) return undefined;
  if (cues.some(({ who }) => MARK.test(who))) return cues.flatMap(linesOf);
  const isAgain = new Set(spoken.map(({ name }) => name)).size < spoken.length;
  return isAgain && share(SAID, QUOTED) >= 0.3 ? cues.flatMap(linesOf) : undefined;
}

function cueOf([first = [], words = [], ...more]: Row): Cue | undefined {
  const told = wordsOf(first);
  if (more.length > 0 || told.length > WHO_LENGTH || !isFilled(words)) return undefined;
  const who = told.replace(/\s*[：:]$/, '');
  if (who === '' || MARK.test(who)) return { who, name: '', words };
  const label = /[0-9第]/.test(who) ? undefined : labelOf(`${who}：`);
  if (label === undefined || label.end <= who.length || /[岁男女饰]/.test(label.paren)) return undefined;
  const name = label.name;
  return speakable(name) && fieldKind(name) === undefined ? { who, name, words } : undefined;
}

function linesOf({ who, name, words }: Cue): string[] {
  return filledLines(words).map((line) => (name === '' ? `${who}${line}` : `${who}：${line}`));
}
