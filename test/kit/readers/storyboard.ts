// A director who plays the model of the storyboard's prompts: a shot for each line, seen as a film would be, and words in every field.
import type { Reply } from '../../../scripts/models/answer.ts';

/** Plays the model of the storyboard's prompts; answers `undefined` to any other. What is asked tells it: not every protocol has a name for it. */
export const directs: Reply = ({ messages }) => {
  const prompt = messages[0]?.text ?? '';
  return /^Style: .*\nKnown:\n/.test(prompt) ? directedBy(prompt) : undefined;
};

type Line = {
  readonly number: number;
  readonly speakers: string[];
  readonly text: string;
  /** Which scene of the prompt. */
  readonly scene: number;
};

/** Lines of the scenes a prompt is about; what stands in brackets is not. */
export function linesIn(prompt: string): Line[] {
  const script = prompt.split('\nLines:\n')[1] ?? '';
  const own = script.replace(/\[(before|after)\]\n[\s\S]*?\[\/\1\]\n?/g, '');
  let scene = 0;
  return own.split('\n').flatMap((line): Line[] => {
    if (line.startsWith('# ')) scene += 1;
    const [, number, words = ''] = /^(\d+) (.*)$/.exec(line) ?? [];
    if (!number) return [];
    const [, label = ''] = words.startsWith('[') ? [] : (/^([^：（。，]{1,30})(?:（[^）]*）)?：/.exec(words) ?? []);
    return [{ number: Number(number), speakers: label.split('、').filter(Boolean), text: words, scene }];
  });
}

/** People told of in a prompt, without their looks. */
export const peopleIn = (prompt: string): string[] =>
  (/^people: (.*)$/m.exec(prompt)?.[1] ?? '').split('、').map((one) => one.replace(/\[.*$/, '')).filter((one) => one !== '-'); // biome-ignore format: one thought

const faces = ['CU', 'MCU', 'MS', 'MCU'] as const;
const bodies = ['MS', 'MLS', 'LS', 'CU'] as const;
const angles = ['eye_level', 'low', 'over_shoulder', 'high'] as const;

export function directedBy(prompt: string) {
  const known = peopleIn(prompt);
  const lines = linesIn(prompt);
  const shots = lines.map(({ number, speakers, text, scene }, i) => {
    // whoever is only spoken of is not there
    const words = lines.filter((line) => line.scene === scene).map((line) => line.speakers.join() || line.text).join('\n'); // biome-ignore format: one thought
    const people = known.filter((one) => words.includes(one));
    const speaker = speakers[0];
    const listener = people.find((one) => one !== speaker);
    const listens = speakers.length === 1 && i % 4 === 2 && listener !== undefined;
    const named = people.filter((one) => text.includes(one)).slice(0, 2);
    const seen = listens ? [listener] : speakers.length > 0 ? speakers : named;
    const isFirst = lines[i - 1]?.scene !== scene;
    const size = isFirst ? 'LS' : (speaker ? faces : bodies)[i % 4]!;
    return {
      e: [number],
      who: seen.map((one) => `${one}|${people.indexOf(one) % 2 === 0 ? 'L' : 'R'}`),
      cam: `${size} ${angles[i % 4]} ${i % 3 === 0 ? 'push_in slow' : 'static'} ${35 + i}mm`,
      goal: listens ? 'reaction' : speaker ? 'dialogue' : 'action',
      title: `镜头${number}`,
      comp: '三分法构图',
      emo: '克制',
      light: '侧逆光 3200K',
      air: '静',
      sfx: '衣袂声',
      amb: '远处更鼓',
      res: '众人不语',
      img: '人物立于画面一侧，目光凝住',
      imgEn: 'The figure holds still at the side of the frame',
      vid: '镜头缓推，衣角轻动',
      vidEn: 'A slow push in, cloth stirring',
    };
  });
  return { shots };
}
