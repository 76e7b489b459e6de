// Sums of a quote, and what they say of the cap. Pure.
import type { QuoteLine } from '../ai/index.ts';
import type { Quote } from './schema.ts';

/** Null as soon as one of them is: a sum without it would say less than it costs. */
const sumOf = (amounts: readonly (number | null)[]): number | null =>
  amounts.reduce<number | null>((sum, amount) => (sum === null || amount === null ? null : sum + amount), 0);

export function totalOf(lines: readonly QuoteLine[]): Quote['total'] {
  const sum = (field: 'calls' | 'input' | 'output') => lines.reduce((all, line) => all + line[field], 0);
  return {
    calls: sum('calls'),
    input: sum('input'),
    output: sum('output'),
    micros: sumOf(lines.map(({ micros }) => micros)),
    most: sumOf(lines.map(({ most }) => most)),
  };
}

/** Whole fen: caps are typed by people. */
const step = 10_000;

/** @param most the most it can cost, millionths of CNY; null where that is not known. @param cap absent: the built-in engine, which costs nothing. */
export function adviceOf(most: number | null, cap: number | undefined): Quote['cap'] {
  if (cap === undefined) return { micros: null, advised: null, enough: null };
  const advised = most === null ? null : Math.ceil(most / step) * step;
  return { micros: cap, advised, enough: most === null ? null : cap >= most };
}
