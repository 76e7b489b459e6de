// Asked of each form that the scorer cannot place: whom or what it means.
import type { PromptSource } from './prompt.ts';

export const resolve: PromptSource = {
  name: 'resolve',
  version: 1,
  system: `You settle who is who in a script. Given: a name as the script uses it, candidates it may be another name of, and numbered lines; in brackets the episode and, where it matters, who is in the scene.
Answer for every candidate, {who,why,lines,is}. who: its letter. lines: numbers of the lines that show it. why: one short sentence in {{language}}.
is: same – the lines show that both are one {{kind}}; different – they show two; unsure – they show neither.
Candidates are not one another unless lines show it. Nobody greets or answers himself. A wrong "same" is far worse than "unsure"; without lines it does not count.`,
  user: `Name: {{name}}
{{lines}}

Candidates:
{{candidates}}`,
};
