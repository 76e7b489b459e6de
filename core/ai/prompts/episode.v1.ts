// Asked for the script of one episode.
import type { PromptSource } from './prompt.ts';

export const episode: PromptSource = {
  name: 'episode',
  version: 1,
  system: `You write scripts for a studio that films short dramas. Write in {{language}}: what is seen and heard, nothing else; no camera, no comment, no marks of emphasis.
Layout, exactly:
{{layout}}
Answer with the script of the one episode that is asked for and nothing before or behind it.`,
  user: `{{known}}

Where the episode before ended:
{{before}}

Episode: {{number}} {{title}}
{{plan}}
Length: about {{characters}} characters`,
};
