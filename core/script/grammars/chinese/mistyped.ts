// Slips of the keyboard: a semicolon where the colon belongs, two speeches without a line break between them.
import { type Label, labelOf } from './label.ts';

const SEMICOLON = /^[^；;：:，。！？“”"△▲]{1,30}[；;]\s*(?=\S)/;
const ENDED = /[。！？!?…～~”"」]$/;
/** 走。乙（冷笑）：, 走。 / 乙： */
const NEXT =
  /[。！？!?…～~”」]\s*[/／|｜]?\s*([一-龥·A-Za-z0-9]{1,10}\s*(?:[（(【][^（()）】]{1,20}[）)】])?\s*[：:])(?=\s*\S)/g;
/** Longer words are not looked through. */
const LONGEST = 1000;

/** The label of 甲；词。 and of 甲；乙：词, what both say; undefined when it names somebody the caller does not know. */
export function mistypedLabel(line: string, knows: (name: string) => boolean): Label | undefined {
  if (!(line.includes('；') || line.includes(';'))) return undefined;
  const head = SEMICOLON.exec(line.slice(0, 60))?.[0];
  const label = head && labelOf(`${head.trimEnd().slice(0, -1)}：`);
  if (!label || !knows(label.name)) return undefined;
  const end = head.length;
  const other = labelOf(line.slice(end));
  if (other && knows(other.name)) return { ...other, name: `${label.name}、${other.name}`, end: end + other.end };
  return ENDED.test(line) ? { ...label, end } : undefined;
}

/** Whether one of those people begins to speak within what is said: 走。乙：等等。 A line is one element, so its words can be given to nobody. */
export function isGoneOn(said: string, isAnother: (name: string) => boolean): boolean {
  if (said.length > LONGEST || !(said.includes('：') || said.includes(':'))) return false;
  return [...said.matchAll(NEXT)].some(([, label]) => isAnother(labelOf(label!)?.name ?? ''));
}
