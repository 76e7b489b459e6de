// Beats that one shot holds, made one.
import type { Beat } from '../beats/beat.ts';
import type { Found } from '../cast.ts';
import { LONGEST, spoken } from '../timing.ts';

/** Two neighbouring beats as one; undefined when their lines together are longer than a shot can be. */
export function joinedBeats(a: Beat, b: Beat, language: 'zh' | 'en'): Beat | undefined {
  const lines = joinedParts([...a.spoken, ...b.spoken]);
  if (spoken(lines) > LONGEST) return undefined;
  const strong = b.mood.level > a.mood.level ? b.mood : a.mood;
  return {
    kind: lines.length > 0 ? 'line' : a.kind === 'caption' ? b.kind : a.kind,
    shown: [...a.shown, ...b.shown.filter((element) => !a.shown.includes(element))],
    spoken: lines,
    action: [a.action, b.action].filter((words) => words !== '').join(language === 'zh' ? '' : ' '),
    people: first([...a.people, ...b.people]),
    props: first([...a.props, ...b.props]),
    mood: strong,
    camera: a.camera || b.camera,
  };
}

/** Beats with the parts of each line counted anew, 1 to n. */
export function countedParts(beats: readonly Beat[]): Beat[] {
  const totals = new Map<string, number>();
  for (const { element } of beats.flatMap((beat) => beat.spoken))
    totals.set(element.id, (totals.get(element.id) ?? 0) + 1);
  const seen = new Map<string, number>();
  return beats.map((beat) => ({
    ...beat,
    spoken: beat.spoken.map((one) => {
      const part = (seen.get(one.element.id) ?? 0) + 1;
      seen.set(one.element.id, part);
      return { ...one, part, parts: totals.get(one.element.id)! };
    }),
  }));
}

/** Neighbouring parts of one line are one part again. */
function joinedParts(parts: Beat['spoken']): Beat['spoken'] {
  const out: Beat['spoken'][number][] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (last?.element === part.element) out[out.length - 1] = { ...last, text: last.text + part.text };
    else out.push(part);
  }
  return out;
}

const first = <T extends { readonly id: string }>(found: readonly Found<T>[]): Found<T>[] =>
  found.filter(({ it }, i) => found.findIndex((one) => one.it.id === it.id) === i);
