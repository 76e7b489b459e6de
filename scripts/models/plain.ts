// A reader that understands nothing and says little, but what it says stands: for people who look at the model path without a key.
import type { Reply } from './answer.ts';
import { sampleOf } from './sample.ts';

/** Answers the extraction of an episode from its lines; anything else with the smallest value that fits. */
export const plainReply: Reply = ({ schema, messages }) => {
  const text = messages.find(({ role }) => role === 'user')?.text ?? '';
  const [, script] = /^Known:\n[\s\S]*?\n\nLines:\n([\s\S]*)$/.exec(text) ?? [];
  if (script !== undefined) return extraction(script);
  return schema ? sampleOf(schema, schema, 0) : '灯塔亮了。';
};

/** Of each who speaks, that they do, with the words that show it; and a picture of them. */
function extraction(script: string) {
  const speakers = new Map<string, { readonly e: number; readonly q: string }>();
  for (const line of script.split('\n')) {
    const [, e, name = '', words = ''] =
      /^(\d+) ([^\s：:（(]{1,20})(?:（[^）]*）|\([^)]*\))?[：:]\s*(.+)$/.exec(line) ?? [];
    const q = /[\p{L}\p{N}]{4,12}/u.exec(words)?.[0];
    if (e && q && !speakers.has(name)) speakers.set(name, { e: Number(e), q });
  }
  const isChinese = /\p{Script=Han}/u.test(script);
  const v = isChinese ? '替身模型：有台词' : 'stub: speaks';
  return {
    facts: [...speakers].map(([n, at]) => ({ k: 'trait', n, v, o: '', ...at })),
    prompts: [...speakers.keys()].map((n) => ({
      n,
      zh: '替身模型的画面描述',
      en: 'a picture as the stub would have it',
    })),
  };
}
