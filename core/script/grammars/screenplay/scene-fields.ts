// SCENE 1 over Location: Hotel lobby, Time: Night, INT/EXT: INT: a slug line told field by field.
import { plain } from './emphasis.ts';
import { isSlug } from './slug.ts';

const FIELD =
  /^(?:(location|place|setting|where)|(time(?: of day)?|day\/night|when)|(int\.?\s?\/\s?ext\.?|interior\/exterior))\s*:\s*(\S.*)$/i;
const SIDE = /^(?:INT|EXT|INT\.?\s?\/\s?EXT|I\/E)\.?$/i;
/** A longer value is a description. */
const LONGEST = 60;

/** The slug line that the fields from index `from` on make up, their words, and the last of them; undefined where none says where. */
export function fieldsBelow(
  lines: readonly string[],
  from: number,
): { slug: string; words: string; to: number } | undefined {
  let [place, time, side] = ['', '', ''];
  let to = from;
  for (; to < lines.length; to++) {
    const field = FIELD.exec(plain(lines[to]!.replace(/^[-*•]\s+/, '')));
    const value = (field?.[4] ?? '').trim();
    if (!field || value.length > LONGEST || /[a-z]{2}\.$/.test(value)) break;
    if (field[1] && place === '') place = value;
    else if (field[2] && time === '') time = value;
    else if (field[3] && side === '' && SIDE.test(value)) side = value.replace(/\.$/, '');
    else break;
  }
  if (place === '') return undefined;
  const where = side === '' || isSlug(place) ? place : `${side}. ${place}`;
  return { slug: time === '' ? where : `${where} - ${time}`, words: lines.slice(from, to).join(' '), to: to - 1 };
}
