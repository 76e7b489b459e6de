// Lines of dialogue as video prompts say them, in Chinese and English.
import type { Said } from './labels.ts';
import type { ShotContent } from './schema.ts';

type Language = 'zh' | 'en';

/** A part of a prompt with one mark at its end, whatever marks its words end in. '' for no words. */
export function ended(part: string, language: Language): string {
  const words = part.trim().replace(/[，,、；;：:。．.\s]+$/, '');
  if (words === '' || /[！？!?…]$|[。.！？!?…]["”’」）)]+$/.test(words)) return words;
  return `${words}${language === 'zh' ? '。' : '.'}`;
}

const voices: Readonly<Record<'aloud' | 'aside' | 'thought' | 'told' | 'phone' | 'intoPhone', Said>> = {
  aloud: { zh: '说', en: ' says' },
  aside: { zh: '在画外说', en: ' says off screen' },
  thought: { zh: '内心独白', en: ' thinks, lips closed' },
  told: { zh: '旁白', en: ' in voice-over' },
  phone: { zh: '在电话里说', en: ' says over the phone' },
  intoPhone: { zh: '对着电话说', en: ' says into the phone' },
};

/** Whether a line is a voice over the picture that nobody in it hears: not one said over a phone. */
export const isTold = ({ voice, paren }: Pick<ShotContent['lines'][number], 'voice' | 'paren'>): boolean =>
  voice === 'VO' && !/电话|手机|phone|radio|speaker/i.test(paren);

/** How a line is heard: aloud, from outside the frame, as a thought, as a voice over the picture, over a phone. */
function heard(line: ShotContent['lines'][number]): Said {
  const { voice, onScreen } = line;
  if (isTold(line)) return voices.told;
  if (voice === 'PHONE' || voice === 'VO') return onScreen ? voices.intoPhone : voices.phone;
  if (voice === 'OS') return onScreen ? voices.thought : voices.aside;
  return onScreen ? voices.aloud : voices.aside;
}

/** A line of dialogue as a video prompt says it. */
export function speaks(line: ShotContent['lines'][number], language: Language): string {
  const zh = language === 'zh';
  const who = line.speakers.join(zh ? '、' : ', ') || (zh ? '有人' : 'A voice');
  const how = line.paren === '' ? '' : zh ? `（${line.paren}）` : ` (${line.paren})`;
  const said = line.text.trim();
  return zh ? `${who}${how}${heard(line).zh}：“${said}”` : `${who}${how}${heard(line).en}: “${said}”`;
}

/** A video prompt whose spoken lines changed. Words a person wrote are left as they are. */
export function retold(
  prompt: Said,
  before: ShotContent['lines'],
  after: readonly ShotContent['lines'][number][],
): Said {
  const tell = (language: Language): string => {
    const say = (line: ShotContent['lines'][number]) => ended(speaks(line, language), language);
    const apart = language === 'zh' ? '' : ' ';
    const old = before.map(say);
    const first = old.find((words) => prompt[language].includes(words));
    if (first === undefined) return prompt[language];
    const bare = old
      .filter((words) => words !== first)
      .reduce((text, words) => text.replace(words + apart, '').replace(words, ''), prompt[language]);
    const told = after.map(say).join(apart);
    return bare.replace(told === '' && bare.includes(first + apart) ? first + apart : first, () => told);
  };
  return { zh: tell('zh'), en: tell('en') };
}
