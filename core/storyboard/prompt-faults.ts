// What a prompt lacks to be used alone.
import { endsOf } from './ends.ts';
import { timeNames } from './labels.ts';
import type { ShotContent } from './schema.ts';

/** A sentence whose subject is a pronoun. */
export const pronoun = /(?:^|[。.]\s*)(?:他们|她们|他|她|[Hh]e|[Ss]he|[Tt]hey)(?=[^\p{L}]|[\p{Script=Han}])/u;

/** Words of English that go on with what somebody does, without saying who: and slides it toward him; not: and papers scatter. */
export const goesOn =
  /^(?:and|then|but)\s+(?:then\s+)?[a-z]+(?:[^\Ws]s|ed)(?=\s*(?:[.,;!?]|$)|\s+(?:the|an?|his|her|its|their|it|him|them|to|in(?:to)?|on(?:to)?|at|up|down|out|off|away|back|over|through|towards?|from|with|for|around|past|[a-z]+ly)\b)/;

/** Facts a prompt leaves out: place, time, or somebody in the frame; or everything. Empty when it can be used alone. */
function promptFaults(prompt: string, shot: ShotContent, time: string, place: string): string[] {
  if (prompt.trim() === '') return ['empty'];
  const faults: string[] = [];
  if (place !== '' && ![place, ...endsOf(shot.location)].some((end) => prompt.includes(end))) faults.push('place');
  if (!prompt.includes(time)) faults.push('time');
  for (const { name } of shot.blocking) if (!prompt.includes(name)) faults.push(name);
  return faults;
}

export const promptNames = ['imagePrompt', 'videoPrompt'] as const;
export const promptLanguages = ['zh', 'en'] as const;

/**
 * Faults of one prompt of a shot. A scene that goes on may be told by the time it goes on from.
 * @param place where it is taken, of a scene cut between places
 */
export function faultsOf(
  shot: ShotContent,
  name: (typeof promptNames)[number],
  language: (typeof promptLanguages)[number],
  place: string = shot.location,
): string[] {
  return promptFaults(
    shot[name][language],
    shot,
    shot.time === 'SAME' || shot.time === 'UNKNOWN' ? '' : timeNames[shot.time][language],
    place,
  );
}
