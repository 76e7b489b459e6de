// English tables of a script: Scene | Character | Dialogue | Action, VIDEO | AUDIO. A row becomes lines with empty lines between.
import { ABOVE, type Cell, filledLines, isFilled, type Row, wordsOf } from './cell.ts';

const HEADS = {
  scene: /^(?:scene|location|setting|slug ?line|scene heading)$/i,
  who: /^(?:character|speaker|who)(?: name)?s?$/i,
  said: /^(?:dialog(?:ue)?s?|audio|lines?|speech|narration)$/i,
  done: /^(?:actions?|video|visuals?|(?:shot |action |visual )?description|stage directions?)$/i,
} as const;
type Kind = keyof typeof HEADS;

/** MIA: Hello. and, beside Mia, Mia (low): Hello. say themselves who speaks; Listen to me: run! does not. */
const LABEL = /^(\p{Lu}[^:.!?(]{0,40})(?:\([^()]{0,40}\)\s*)?(?=:\s*\S)/u;
/** A longer cell names nobody. */
const WHO_LENGTH = 40;

/** Such a table as lines, or undefined: words that are said, and beside them who says them or what is done. */
export function englishLines(rows: readonly Row[]): string[] | undefined {
  const from = rows.findIndex((row) => row.filter(isFilled).length > 1);
  const heads = rows[from]?.map(wordsOf) ?? [];
  const kinds = heads.map(kindOf);
  if (!kinds.includes('said') || !(kinds.includes('who') || kinds.includes('done'))) return undefined;
  let scene = '';
  let who = '';
  return [
    ...rows.slice(0, from).flat(2),
    ...rows.slice(from + 1).flatMap((row) => {
      if (row.length === 1) return ['', ...row[0]!, ''];
      const of = (kind: Kind) => row.filter((_, at) => kinds[at] === kind).flatMap(filledLines);
      const slug = of('scene').filter((line) => line !== scene);
      scene = slug.at(-1) ?? scene;
      who = row.some((cell, at) => kinds[at] === 'who' && cell !== ABOVE) ? of('who').join(' ') : who;
      const rest = row.flatMap((cell, at) => {
        const kind = kinds[at];
        if (kind === undefined) return beside(cell, heads[at] ?? '');
        if (kind === 'done') return apart(filledLines(cell));
        return kind === 'said' ? spoken(who, filledLines(cell)) : [];
      });
      return ['', ...slug, '', ...rest];
    }),
  ];
}

/** Audio / Dialogue is of the kind of either. */
const kindOf = (head: string) =>
  (Object.keys(HEADS) as Kind[]).find((kind) => head.split(/\s*[/&+]\s*/).some((name) => HEADS[kind].test(name)));

/** 12 in a column “Shot” is a note in the words of Fountain. */
const beside = (cell: Cell, head: string) => filledLines(cell).map((line) => `[[${head}: ${line}]]`);

const apart = (lines: readonly string[]) => lines.flatMap((line) => [line, '']);

/** The name in capitals over its words; a line that names somebody else in capitals stays as it is, and so does one that nobody says. */
function spoken(who: string, lines: readonly string[]): string[] {
  const labels = lines.map((line) => LABEL.exec(line));
  const isWho = (label: RegExpExecArray) => who.toUpperCase().includes(label[1]!.trim().toUpperCase());
  if (who === '' || labels.some((label) => label && !isWho(label) && !/\p{Ll}/u.test(label[1]!))) return apart(lines);
  if (lines.length === 0 || who.length > WHO_LENGTH) return apart([who, ...lines]);
  const words = lines.flatMap((line, at) => {
    const label = labels[at];
    return label && isWho(label) ? ['', cued(label[0]), line.slice(label[0].length + 1).trim()] : [line];
  });
  return ['', ...(words[0] === '' ? [] : [cued(who)]), ...words, ''];
}

const cued = (who: string) => who.replace(/^[^(]+/, (name) => name.toUpperCase());
