// What a line or an action makes people feel, as far as the words say it.

/** How strong: 0 calm, 1 stirred, 2 strong, 3 a peak. The camera comes closer with it. */
export type Mood = { readonly word: Feeling; readonly level: 0 | 1 | 2 | 3 };

export type Feeling = keyof typeof feelings;

/** Feeling → how it is said in zh and en, and the words that show it. Order decides: the first that fits is taken. */
const feelings = {
  terror: {
    zh: '惊恐',
    en: 'terrified',
    level: 3,
    words: /惊恐|惨白|瞳孔|寒战|遍体生寒|发抖|惊叫|尖叫|terrif|scream|horror/i,
  },
  grief: {
    zh: '悲痛',
    en: 'grieving',
    level: 3,
    words: /痛哭|泪流满面|嘶喊|哭喊|血书|断了气|嚎|血肉模糊|\bsobs?\b|\b(?:weep|wail)/i,
  },
  rage: {
    zh: '愤怒',
    en: 'furious',
    level: 3,
    words: /怒|咆哮|吼|血红|一巴掌|掷|\b(?:rag(?:e[sd]?|ing)\b|furious|shout|yell(?!ow)|angr)/i,
  },
  sorrow: {
    zh: '悲伤',
    en: 'sorrowful',
    level: 2,
    words:
      /哭|泪|哽咽|抽噎|哀|惨笑|苦笑|发颤|颤抖|\b(?:cry(?!pt|stal)|tears?\b(?! (?:open|off|up|at|away|into|through|out|the|it|his|her)\b)|tear(?:ful|y)|sad)/i,
  },
  shock: {
    zh: '震惊',
    en: 'shocked',
    level: 2,
    words: /一怔|怔|愣|僵住|死寂|失声|猛醒|骤缩|脸色一变|大变|惊|霍然|stunned|shock|gasp|freez/i,
  },
  urgency: {
    zh: '急切',
    en: 'urgent',
    level: 2,
    words: /厉声|抢先|狂奔|急(?![救诊])|冲|猛|扑|逃|追|快走|拦|\b(?:hurr(?!icane)|urgent|runs?\b|rush)/i,
  },
  pain: { zh: '痛苦', en: 'in pain', level: 2, words: /痛|喷出|伤|喘|咳|捂住|毒|\b(?:pain(?!t)|hurt|cough)/i },
  threat: { zh: '阴冷', en: 'menacing', level: 2, words: /冷笑|嘶哑|阴|逼近|目光如刀|杀|冷若冰霜|menac|threat|sneer/i },
  fear: {
    zh: '不安',
    en: 'uneasy',
    level: 1,
    words: /慌|怕|紧张|小声|吞吞吐吐|支支吾吾|手抖|颤|nervous|afraid|uneas/i,
  },
  joy: {
    zh: '喜悦',
    en: 'joyful',
    level: 1,
    words: /得意|大笑|笑|喜|(?<![音可奏])乐(?![器队曲谱园])|\b(?:laugh|smil|grin(?!d)|happy|cheer)/i,
  },
  tender: {
    zh: '温柔',
    en: 'tender',
    level: 1,
    words: /柔|轻声|温|耳根|脸红|红了|披风|\b(?:gentl[ey]\b|soft(?!ware)|tender)/i,
  },
  secret: { zh: '隐秘', en: 'secretive', level: 1, words: /压低|低声|悄|耳语|密(?!码)|whisper|secret/i },
  grave: {
    zh: '凝重',
    en: 'grave',
    level: 1,
    words: /沉声|皱|默|沉|叹|跪|拜|死|尸|血|骨|\b(?:grave|solemn|sigh(?!t))/i,
  },
  doubt: { zh: '疑惑', en: 'doubtful', level: 1, words: /糊涂|疑|探头|望着|不解|confus|doubt|puzzl|wonder/i },
  excited: { zh: '激动', en: 'excited', level: 1, words: /！|!/ },
  asking: { zh: '探问', en: 'questioning', level: 0, words: /？|\?/ },
  hesitant: { zh: '迟疑', en: 'hesitant', level: 1, words: /…|\.\.\./ },
  calm: { zh: '平静', en: 'calm', level: 0, words: /(?:)/ },
} as const;

/**
 * The mood of words: the parenthetical weighs more than the line itself.
 * @param paren how it is said, '' when nothing is written
 * @param text the line or the action
 */
export function moodOf(paren: string, text: string): Mood {
  const said = feel(paren);
  if (said !== 'calm') return { word: said, level: feelings[said].level };
  const felt = feel(text);
  const level = feelings[felt].level;
  return { word: felt, level: /[！!]{2,}|——！/.test(text) && level < 3 ? ((level + 1) as Mood['level']) : level };
}

function feel(words: string): Feeling {
  if (words === '') return 'calm';
  for (const [name, feeling] of Object.entries(feelings)) if (feeling.words.test(words)) return name as Feeling;
  return 'calm';
}

/** A feeling in words. */
export const feelingIn = (feeling: Feeling, language: 'zh' | 'en'): string => feelings[feeling][language];
