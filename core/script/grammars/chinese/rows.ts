// Reads the rows of tables laid out with pipes: a row of a shot list is what is said or seen, any other one a note.
import type { Source } from '../../source.ts';
import type { Elements } from './elements.ts';
import { fieldKind } from './field.ts';
import { labelOf, mannersOf } from './label.ts';
import { headsAt, isBelowRow, isShotList, isTableRule, type ShotRow, shotRow, tabbedRow } from './shot-row.ts';
import type { Speech } from './speech.ts';

export class Rows {
  readonly #source: Source;
  readonly #speech: Speech;
  readonly #elements: Elements;
  /** Heads of the table under way. */
  #heads: string | undefined;
  /** Heads of the last shot list whose cells are apart by tabs. */
  #tabbed: string | undefined;

  constructor(source: Source, speech: Speech, elements: Elements) {
    this.#source = source;
    this.#speech = speech;
    this.#elements = elements;
  }

  /** Reads the row at `at`; one that says what no rule reads is told as unread when somebody speaks in it. Returns the index after it. */
  read(at: number, line: string): number {
    const shot = this.#shotRow(at, line);
    if (shot) return this.#shot(at, line, shot);
    const cells = line.length < 5000 ? line.split('|').map((cell) => cell.trim()) : [];
    const spoken = cells.some((cell) => {
      const label = labelOf(cell);
      return (
        label !== undefined && fieldKind(label.name) === undefined && this.#speech.speaker(label, cell.slice(label.end))
      );
    });
    return spoken ? this.#elements.put('action', line, at, at, { unread: true }) : this.#elements.put('note', line, at);
  }

  /** Reads a line whose cells are apart by tabs, below the heads of a shot list. Undefined for every other line, and for a row that says more than one line can. */
  tabbed(at: number): number | undefined {
    const row = tabbedRow(this.#source, at);
    if (row === undefined) return undefined;
    if (isShotList(row)) {
      this.#tabbed = row;
      return this.#elements.put('note', this.#source.lines[at]!, at);
    }
    const shot = this.#tabbed === undefined ? undefined : this.#below(this.#tabbed, row);
    return shot && this.#shot(at, this.#source.lines[at]!, shot);
  }

  #shotRow(at: number, line: string): ShotRow | undefined {
    if (!isBelowRow(this.#source, at)) this.#heads = headsAt(this.#source, at);
    else if (this.#heads !== undefined && !isTableRule(line)) {
      return this.#below(this.#heads, line);
    }
    return undefined;
  }

  #below(heads: string, row: string): ShotRow | undefined {
    return shotRow(heads, row, (words) => {
      const label = this.#speech.labelWithin(words);
      return label && this.#speech.speaker(label, words.slice(label.end));
    });
  }

  #shot(at: number, line: string, { said, seen, people }: ShotRow): number {
    this.#elements.join(people);
    if (said && this.#speech.isOfTwo(said.label, said.words))
      return this.#elements.put('action', line, at, at, { unread: true });
    if (said === undefined) return this.#elements.put('action', seen.join(' '), at);
    const paren = mannersOf(said.label.paren, ...seen);
    return this.#elements.say(at, at, { ...said.label, paren }, said.words);
  }
}
