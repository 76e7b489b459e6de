// The object in a model's answer: out of fences, thinking and prose, and set right where its JSON is broken. Pure.
import { stripThinking } from './providers/think.ts';
import { tolerant } from './repair/tolerant.ts';

/** Places an answer is looked into. */
const most = 40;

/**
 * The object that an answer holds; undefined when it holds none, or one of which a part seems to be missing. For answers the model ended
 * itself: one that was cut off by its limit must not come here.
 */
export function objectIn(answer: string): Record<string, unknown> | undefined {
  const text = stripThinking(answer.replace(/^\uFEFF/, '')).trim();
  const whole = strictly(text);
  if (whole) return whole;
  const places = objectsOf(text);
  const longest = places.toSorted((a, b) => b.end - b.start - (a.end - a.start));
  for (const { start, end } of longest) {
    const strict = strictly(text.slice(start, end));
    if (strict) return strict;
  }
  return longest
    .slice(0, 3)
    .flatMap(({ start }) => tolerant(text, start) ?? [])
    .toSorted((a, b) => b.end - a.end)[0]?.value;
}

function strictly(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

type Place = { readonly start: number; readonly end: number };

/** Outermost braces and what closes them, or the end of the text where nothing does. */
function objectsOf(text: string): Place[] {
  const places: Place[] = [];
  for (let start = text.indexOf('{'); start >= 0 && places.length < most; ) {
    const end = closing(text, start);
    places.push({ start, end });
    start = text.indexOf('{', end);
  }
  return places;
}

function closing(text: string, start: number): number {
  let [depth, inString] = [0, false];
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (inString) {
      if (char === '\\') at++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return at + 1;
  }
  return text.length;
}
