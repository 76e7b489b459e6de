// A perfect reader of doubts: answers the prompt of resolution with what the gold says of its forms.
import type { Reply } from '../../../scripts/models/answer.ts';
import { type Gold, isNeutral, whoIs } from './gold.ts';

type Answer = { who: string; why: string; lines: number[]; is: 'same' | 'different' | 'unsure' };

/** Plays the model of the resolution's prompts; answers `undefined` to any other. */
export const perfectResolve =
  (gold: Gold): Reply =>
  ({ messages, schemaName }) =>
    schemaName === 'identity' ? identitiesOf(gold, messages[0]?.text ?? '') : undefined;

/** The answer to a prompt: the same where the gold has both under one name, different where it knows both, else unsure. */
export const identitiesOf = (gold: Gold, prompt: string): { answers: Answer[] } =>
  answering(prompt, (about, candidate) => {
    const [one, other] = [peopleOf(gold, about), peopleOf(gold, candidate)];
    if (one.some((name) => other.includes(name))) return 'same';
    return one.length > 0 && other.length > 0 ? 'different' : 'unsure';
  });

/** An answer for every candidate of a prompt, resting on its first line. `say` is given the forms of both. */
export function answering(
  prompt: string,
  say: (about: readonly string[], candidate: readonly string[]) => Answer['is'],
): { answers: Answer[] } {
  const [head = '', tail = ''] = prompt.split('\n\nCandidates:\n');
  const about = formsIn(head.split('\n')[0]!.replace(/^Name: /, ''));
  const answers = tail.split('\n').flatMap((line): Answer[] => {
    const [, who, side] = /^([A-Z]) (.+)$/.exec(line) ?? [];
    return who && side ? [{ who, why: '台词如此', lines: [1], is: say(about, formsIn(side)) }] : [];
  });
  return { answers };
}

/** `李玄策 (靖王、七殿下; male): …`: all forms of a side. */
function formsIn(side: string): string[] {
  const [, form = '', others = ''] = /^(.+?)(?: \((.*?)\))?(?:: .*)?$/.exec(side) ?? [];
  return [form, ...others.replace(/(?:^|; )(?:fe)?male$/, '').split('、')].filter(Boolean);
}

const peopleOf = (gold: Gold, forms: readonly string[]): string[] =>
  forms.filter((form) => !isNeutral(gold, form)).flatMap((form) => whoIs(gold, form) ?? []);
