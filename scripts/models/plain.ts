// A reader that understands nothing and says little, but what it says stands: for people who look at the model path without a key.
import { type Reply, sampleReply } from './answer.ts';
import { outlineFor, rewrittenFor, writtenFor } from './writer.ts';

/** Answers what the readers of the breakdown and the writers of scripts ask; anything else with the smallest value that fits. */
export const plainReply: Reply = (asked) => {
  const text = asked.messages.find(({ role }) => role === 'user')?.text ?? '';
  for (const [prompt, answer] of answers) {
    const found = prompt.exec(text)?.[1];
    if (found !== undefined) return goneOn(answer(found, asked.system), asked);
  }
  return sampleReply(asked);
};

/** A text that is asked for from where it broke off: the rest of it. */
function goneOn(answer: unknown, { messages }: Pick<Parameters<Reply>[0], 'messages'>): unknown {
  const [said, asked] = messages.slice(-2);
  const isBroken = said?.role === 'assistant' && asked?.text.startsWith('Your text broke off');
  return isBroken && typeof answer === 'string' && answer.startsWith(said.text)
    ? answer.slice(said.text.length)
    : answer;
}

/** Prompts by their form, for not every provider is told the schema's name, and what is answered to the part that counts. */
const answers: readonly (readonly [RegExp, (part: string, system: string) => unknown])[] = [
  [/^Known:\n[\s\S]*?\n\nLines:\n([\s\S]*)$/, extraction],
  [/^Name: [\s\S]*\n\nCandidates:\n([\s\S]*)$/, identities],
  [/^Style: [\s\S]*?\n\nLines:\n([\s\S]*)$/, shots],
  [/^Style: [\s\S]*?\n\nSubjects:\n([\s\S]*)$/, pictures],
  [/^Idea:\n[\s\S]*\n\nEpisodes: (\d+)$/, outlineFor],
  [/\n\nEpisode: (\d+ [\s\S]*)$/, writtenFor],
  [/\n\nPart to rewrite:\n([\s\S]*)$/, rewrittenFor],
];

type Line = { readonly number: number; readonly speaker: string; readonly words: string };

/** `12 谢灯儿（得意）：…` */
const linesIn = (script: string): Line[] =>
  script.split('\n').flatMap((line): Line[] => {
    const [, number, said = ''] = /^(\d+) (.*)$/.exec(line) ?? [];
    const [, speaker = '', words = said] =
      /^([^\s：:（(]{1,20})(?:（[^）]*）|\([^)]*\))?[：:]\s*(.+)$/.exec(said) ?? [];
    return number ? [{ number: Number(number), speaker, words }] : [];
  });

const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** Of each who speaks, that they do, with the words that show it; and a picture of them. */
function extraction(script: string) {
  const speakers = new Map<string, { readonly e: number; readonly q: string }>();
  for (const { number, speaker, words } of linesIn(script)) {
    const q = /[\p{L}\p{N}]{4,12}/u.exec(words)?.[0];
    if (q && speaker && !speakers.has(speaker)) speakers.set(speaker, { e: number, q });
  }
  const v = isChinese(script) ? '替身模型：有台词' : 'stub: speaks';
  return {
    facts: [...speakers].map(([n, at]) => ({ k: 'trait', n, v, o: '', ...at })),
    prompts: [...speakers.keys()].map((n) => ({
      n,
      zh: '替身模型的画面描述',
      en: 'a picture as the stub would have it',
    })),
  };
}

/** Nobody is held for anybody. */
function identities(candidates: string) {
  const letters = candidates.split('\n').flatMap((line) => /^([A-Z]) /.exec(line)?.[1] ?? []);
  return { answers: letters.map((who) => ({ who, why: '替身模型不作判断', lines: [1], is: 'unsure' })) };
}

/** A shot for each line. */
function shots(script: string) {
  const title = isChinese(script) ? '替身镜头' : 'stub shot';
  return {
    shots: linesIn(script).map(({ number, speaker }) => ({
      e: [number],
      ...(speaker && { who: [speaker] }),
      cam: number % 2 ? 'MS eye_level static' : 'CU low push_in slow',
      title,
    })),
  };
}

/** Of each subject the fields it wants, with everybody named who is in frame. */
function pictures(subjects: string) {
  const blocks = subjects.split(/^(?=#\d+ \[)/m);
  return {
    prompts: blocks.flatMap((block) => {
      const [, n, wanted = ''] = /^#(\d+) \[([^\]]*)\]/.exec(block) ?? [];
      return n ? [{ n: Number(n), ...textsOf(wanted.split(' '), peopleIn(block)) }] : [];
    }),
  };
}

/** `frame: 谢灯儿 (left, faces right) / 裴照 (right, faces left)` */
const peopleIn = (block: string): string[] => {
  const frame = /^frame: (.*)$/m.exec(block)?.[1] ?? 'nobody';
  return frame === 'nobody' ? [] : frame.split(' / ').map((one) => one.replace(/ \([^()]*\)$/, ''));
};

function textsOf(wanted: readonly string[], people: readonly string[]): Record<string, string> {
  const [zh, en] = [people.map((name) => `${name}、`).join(''), people.map((name) => `${name}, `).join('')];
  const texts: Record<string, string> = {
    zh: `替身模型的画面：${zh}光线柔和，前景清楚`,
    en: `A picture as the stub would have it: ${en}in soft and even light`,
    tr: '替身模型的长相',
    trEn: 'a face the stub made up',
    vid: `替身模型的动态：${zh}缓缓转身，镜头不动`,
    vidEn: `What moves as the stub would have it: ${en}turning slowly before a still camera`,
    end: `替身模型的尾帧：${zh}背对着光`,
    endEn: `The last frame as the stub would have it: ${en}against the light`,
  };
  return Object.fromEntries(wanted.flatMap((field) => (texts[field] ? [[field, texts[field]]] : [])));
}
