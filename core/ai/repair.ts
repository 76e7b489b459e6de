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
  const text = saidIn(answer);
  const whole = strictly(text);
  if (whole) return whole;
  // the thinking of some models has an end and no beginning
  const at = text.lastIndexOf(thought);
  return longestIn(at < 0 ? text : text.slice(at + thought.length));
}

/** A list that is the whole of an answer, as the list `name` of an object; undefined where an object stands before it, or behind. */
export function listIn(answer: string, name: string): Record<string, unknown> | undefined {
  const text = saidIn(answer);
  const [start, end] = [text.indexOf('['), text.lastIndexOf(']') + 1];
  const isInside = text.lastIndexOf('{', start) >= 0 || text.includes('}', end);
  if (start < 0 || end < start || isInside) return undefined;
  const read = objectIn(`{${JSON.stringify(name)}: ${text.slice(start, end)}}`);
  // more than a list: brackets of the words in front of it
  return read && Object.keys(read).length === 1 ? read : undefined;
}

const thought = '</think>';
const saidIn = (answer: string): string => stripThinking(answer.replace(/^\uFEFF/, '')).trim();

function longestIn(text: string): Record<string, unknown> | undefined {
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
    const said: unknown = JSON.parse(text);
    // written as JSON twice
    const value: unknown = typeof said === 'string' ? JSON.parse(said) : said;
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
