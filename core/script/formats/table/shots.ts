// Shot lists: a column for each field, a row for each shot.
import { castMembers } from '../../grammars/chinese/field.ts';
import { labelOf, speakable } from '../../grammars/chinese/label.ts';
import { slugWords } from '../../grammars/chinese/slug.ts';
import { ABOVE, asRow, type Cell, filledLines, isFilled, type Row, wordsOf } from './cell.ts';
import { type Column, shotColumns } from './columns.ts';
import { isNumber, isPlace, slugLine, slugRank } from './scene.ts';
import { isLabelled, spokenLines } from './spoken.ts';

/** The same as in the row above. */
const SAME = /^(?:同上|[〃″"])?$/;
/** Nothing: 无, —, / */
const NOTHING = /^[（(]?(?:无|没有|[-—–－/／\s]+)[）)]?$/;

/** A longer cell holds no names and no time of day, but sentences. */
const NAMES_LENGTH = 100;

type Field = Column & { readonly cell: Cell };

/** A shot list as lines that say their field, or undefined when the table is none. */
export function shotLines(rows: readonly Row[]): string[] | undefined {
  // 第1集 may stand over the heads of the columns
  const from = rows.findIndex((row) => row.filter(isFilled).length > 1);
  const columns = from < 0 || from === rows.length - 1 ? undefined : shotColumns(rows[from]!);
  if (columns === undefined) return undefined;
  const list = new Shots(columns);
  const heads = asRow(rows[from]!);
  return [
    ...rows.slice(0, from).flat(2),
    ...rows.slice(from + 1).flatMap((row) => (asRow(row) === heads ? [] : list.row(row))),
  ];
}

class Shots {
  readonly #columns: readonly Column[];
  /** What the rows above say of the scene, by column, and who they say is in it. */
  readonly #scene = new Map<number, string>();
  readonly #cast = new Set<string>();
  #speaker = '';

  constructor(columns: readonly Column[]) {
    this.#columns = columns;
  }

  /** The lines of one shot, or of a cell over the whole width. */
  row(row: Row): string[] {
    if (row.length === 1) {
      this.#scene.clear();
      this.#cast.clear();
      return [...row[0]!];
    }
    const fields = this.#columns.map((column) => ({ ...column, cell: row[column.at] ?? [] }));
    const slug = this.#slug(fields.filter(isOfScene));
    const said = fields.find(({ kind, cell }) => kind === 'spoken' && isFilled(cell))?.cell ?? [];
    const speaker = this.#speakerOf(fields.filter(({ kind }) => kind === 'people'));
    const named = speaker !== '' && filledLines(said).some((line) => !isLabelled(line)) && !NOTHING.test(wordsOf(said));
    const beyond = row.slice(this.#columns.length).flatMap(filledLines);
    return [
      ...slug,
      ...inOrder(fields.filter((field) => !isOfScene(field))).flatMap((field) => this.#lines(field, named, speaker)),
      ...beyond.map((line) => `|  | ${line} |`),
    ];
  }

  #lines({ kind, field, cell }: Field, named: boolean, speaker: string): string[] {
    const nothing = NOTHING.test(wordsOf(cell));
    if (kind === 'content') return filledLines(cell);
    if (kind === 'spoken' && !nothing) return spokenLines(cell, speaker);
    if (kind === 'people' && isFilled(cell)) return this.#castLines(field, wordsOf(cell), named);
    const isField = kind !== '' && !(kind === 'spoken' && nothing);
    return filledLines(cell).map((line) => (isField ? `${field}：${line}` : `| ${field} | ${line} |`));
  }

  /** The one name of a row, or that of the row above where the row says so. */
  #speakerOf(told: readonly Field[]): string {
    const [cell = []] = told.map((field) => field.cell);
    const words = wordsOf(cell);
    const again = cell === ABOVE || (words !== '' && SAME.test(words));
    if (told.length !== 1 || !again) this.#speaker = told.length === 1 && isOneName(words) ? words : '';
    return this.#speaker;
  }

  /** Who is in a shot is in its scene. Said once where the name stands before the words anyway; anything but names stays as it is. */
  #castLines(field: string, words: string, named: boolean): string[] {
    if (SAME.test(words) && named) return [];
    const { names } = castMembers(words.length > NAMES_LENGTH ? '' : words);
    const isCast =
      names.length > 0 && names.every((name) => speakable(name) && !NOTHING.test(name) && !SAME.test(name));
    if (!isCast || /[。！？：:]/.test(words)) return named ? [] : [`| ${field} | ${words} |`];
    if (named && names.every((name) => this.#cast.has(name))) return [];
    for (const name of names) this.#cast.add(name);
    return [`人物：${words}`];
  }

  /** 场次, 场景, 时间 … as the slug line of a new scene, when they are others than above. */
  #slug(told: readonly Field[]): string[] {
    let isNew = false;
    for (const { at, cell } of told) {
      const words = wordsOf(cell);
      if (SAME.test(words) || this.#scene.get(at) === words) continue;
      this.#scene.set(at, words);
      isNew = true;
    }
    if (!isNew) return [];
    this.#cast.clear();
    return told
      .filter(({ at }) => this.#scene.has(at))
      .toSorted((one, two) => slugRank(one.field) - slugRank(two.field))
      .map(({ at, field }) => slugLine(field, this.#scene.get(at)!));
  }
}

/** Who is in a scene stands before its script. */
const inOrder = (fields: readonly Field[]) =>
  fields.some(({ kind }) => kind === 'content')
    ? fields.toSorted((one, two) => Number(one.kind === 'content') - Number(two.kind === 'content'))
    : fields;

/** 时间：3秒 is how long a shot is. */
const isOfScene = ({ kind, field, cell }: Field) =>
  kind === 'scene' && (isNumber(field) || isPlace(field) || SAME.test(wordsOf(cell)) || isTime(wordsOf(cell)));

const isTime = (words: string) => words.length <= NAMES_LENGTH && slugWords(words).hits > 0;

function isOneName(words: string): boolean {
  const label = words.length > NAMES_LENGTH || NOTHING.test(words) ? undefined : labelOf(`${words}：`);
  return (
    label !== undefined && label.end > words.length && speakable(label.name) && castMembers(words).names.length === 1
  );
}
