// Prompts are texts with blanks, `{{like_this}}`. Pure.
import type { Prompted } from '../call.ts';

export type PromptSource = {
  readonly name: string;
  /** Raised when a word changes: stored answers belong to a version. */
  readonly version: number;
  readonly system: string;
  readonly user: string;
};

const blank = /\{\{(\w+)\}\}/g;

/** Names of the blanks of a prompt, each once, in order. */
export const blanksOf = ({ system, user }: Pick<PromptSource, 'system' | 'user'>): string[] => [
  ...new Set([...`${system}\n${user}`.matchAll(blank)].map(([, name = '']) => name)),
];

/** A text with its blanks filled in. What is filled in is not looked into again. Throws when a blank has no filling. */
export const filled = (text: string, fillings: Readonly<Record<string, string>>): string =>
  text.replace(blank, (_, name: string) => {
    const filling = fillings[name];
    if (filling === undefined) throw new TypeError(`the prompt has a blank {{${name}}} that nothing fills`);
    return filling;
  });

/** A prompt ready to be asked. @param edition of a tenant's own words; absent for ours. */
export const prompted = (
  source: PromptSource,
  fillings: Readonly<Record<string, string>>,
  edition?: number,
): Prompted => ({
  name: source.name,
  version: edition === undefined ? String(source.version) : `${source.version}.t${edition}`,
  system: filled(source.system, fillings),
  messages: [{ role: 'user', text: filled(source.user, fillings) }],
});
