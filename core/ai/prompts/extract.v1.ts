// Asked of each part of an episode: what grammar cannot say of it.
import type { PromptSource } from './prompt.ts';

export const extract: PromptSource = {
  name: 'extract',
  version: 1,
  system: `You break a script down for a film crew: numbered lines, and what is known already. Say what the lines show and is not known; invent nothing.
Write in {{language}}; names and forms as the script writes them.

facts: {k,n,v,o,e,q}. e: number of the line that shows it. q: its words, copied exactly, 4–30 characters. v, o only where named below.
k | n | v | o
form | person: known, or as the script first names a new one | another name, nickname, title, disguise or address that means this person here; for a new person the name again. No pronouns, no words for oneself
look | person | face, hair, build, bearing
trait | person | character
tie | person | what o is to n | other person
work, age, sex | person | occupation; years; male or female
costume | wearer | what is worn in this scene
prop | thing the story turns on | what it is | holder
vehicle, creature, effect, sound, extra | as written | what it is
place | place of a heading | space, furnishing, light, mood
not | known form that names nobody here

prompts: {n,zh,en} for each person with looks, each place, each prop: a picture of it alone, zh in Chinese, en in English, up to 40 words, nothing the script contradicts.`,
  user: `Known:
{{known}}

Lines:
{{script}}`,
};
