// What is said about a script that could be read, but not without doubt.
import type { Warning, WarningCode } from './schema.ts';

type Said = readonly [zh: string, en: string];

const SENTENCES: Record<WarningCode, Said> = {
  no_episode_heading: [
    '没有找到集标题（如“第1集”）：{how}。',
    'No episode heading (such as “EPISODE 1”) was found: {how}.',
  ],
  no_scene_heading: [
    '没有找到场次标题（如“1-1 日 内 客厅”），每集作为一场读取。请补上场次标题。',
    'No scene heading (such as “INT. KITCHEN - DAY”) was found; each episode is read as one scene. Add headings.',
  ],
  duplicate_episode: [
    '集号 {number} 重复，改记为第 {used} 集。',
    'Episode {number} occurs twice; this one is counted as {used}.',
  ],
  duplicate_scene: ['场号 {number} 在同一集中重复。', 'Scene number {number} occurs twice in its episode.'],
  second_script: [
    '集号从头开始：文件里可能有两部剧本。请拆分后分别上传。',
    'Episode numbers start again: the file may hold two scripts. Split it and upload each.',
  ],
  scene_gap: ['场号从 {from} 跳到 {to}。', 'Scene numbers jump from {from} to {to}.'],
  unread_line: ['这一行没有规则能读，按动作保留：{text}', 'No rule reads this line; it is kept as action: {text}'],
  unknown_speaker: [
    '说话人“{name}”不在人物表和小传中。',
    'Speaker “{name}” stands on no cast line and in no biography.',
  ],
  encoding_loss: [
    '有 {count} 个字符无法按 {encoding} 解码。请另存为 UTF-8 后上传。',
    '{count} characters could not be decoded as {encoding}. Save as UTF-8 and upload again.',
  ],
  cut_character: [
    '文件在一个字的中间被截断，末尾可能缺内容。请检查后重新上传。',
    'The file is cut in the middle of a character; its end may be missing. Check it and upload again.',
  ],
  long_line: [
    '这一行有 {length} 个字符，可能丢了换行。',
    'This line has {length} characters; its line breaks may be lost.',
  ],
  empty_scene: ['场次 {number} 没有内容。', 'Scene {number} is empty.'],
  flashback_open: ['闪回没有结束标记。', 'A flashback is not closed.'],
  front_matter_only: ['只有剧本前的资料，没有正文。', 'There is only front matter, no script.'],
  pdf_layout: ['{reason}', '{reason}'],
  docx_skipped: ['{reason}', '{reason}'],
  unknown_time: ['时间“{time}”无法归为日、夜、晨、昏。', 'The time “{time}” is none of day, night, dawn, dusk.'],
  control_characters: [
    '文件里有不可见的控制字符，读取时已忽略。',
    'The file holds invisible control characters; they were ignored.',
  ],
};

/** More than this of one code are counted, not listed: a document with a warning per line helps nobody. */
const LISTED = 100;

/** Collects warnings in the language of the script, and says how many of a kind were left off the list. */
export class Warnings {
  readonly #list: Warning[] = [];
  readonly #counts = new Map<WarningCode, number>();
  readonly #side: 0 | 1;

  constructor(language: 'zh' | 'en') {
    this.#side = language === 'zh' ? 0 : 1;
  }

  add(code: WarningCode, values: Record<string, string | number> = {}, line?: number): void {
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count > LISTED) return;
    const message = SENTENCES[code][this.#side].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
    this.#list.push(line === undefined ? { code, message } : { code, message, line });
  }

  /** All warnings; for each code with more than 100, a last one that says how many there are. */
  all(): Warning[] {
    const rest = [...this.#counts].filter(([, count]) => count > LISTED);
    const more = ([code, count]: [WarningCode, number]): Warning => ({
      code,
      message:
        this.#side === 0
          ? `同类提示共 ${count} 条，只列出前 ${LISTED} 条。`
          : `${count} of this kind; the first ${LISTED} are listed.`,
    });
    return [...this.#list, ...rest.map(more)];
  }
}
