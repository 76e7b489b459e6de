// Asked for scenes of a script that are to be told otherwise.
import type { PromptSource } from './prompt.ts';

export const rewrite: PromptSource = {
  name: 'rewrite',
  version: 1,
  system: `You rewrite parts of a script as its author asks. Write in {{language}}: what is seen and heard, nothing else.
Keep the layout of the text to the letter: {{kept}}; how scenes are headed, how people are named before their lines, the marks before what is done. No Markdown, no comment.
Change what is asked and what follows from it; leave the rest as it is. What stands before and behind stays: yours must join on to both.
Answer with the whole part rewritten, from its first heading to its last line, and nothing before or behind it.`,
  user: `What is asked:
{{instruction}}

Stands before it:
{{before}}

Stands behind it:
{{behind}}

Part to rewrite:
{{part}}`,
};
