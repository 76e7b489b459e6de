// Lines told like a novel: 沈青头也不抬，淡淡道：“坐。” and “坐。”沈青说. Who speaks is the one the telling begins with.
import type { Source } from '../../source.ts';
import { moreAreSpoken } from './framed.ts';
import { type Label, mannersOf, speakable } from './label.ts';

const QUOTE = /[“「][^“”「」]*[”」]|"[^"]*"/g;
/** A line without any of these quotes nothing. */
const CLOSE = /[”」"]/;
/** Longer lines are not looked at: what is said in them is no line of a script. */
const LONGEST = 1000;
const SAYS =
  /(?<![写念知难听据街味])(?:[说道问喊叫答吼骂喝嚷]|开口|回应|嘀咕|呢喃|自语|低语|解释|补充|感叹|催促|吩咐|提醒)[着道]?$/;
const VERB = /(?:(?:说|问|喊|叫|答|吼|骂)道|[说道问喊叫答吼骂])$/;
const THINKS = /(?:心想|心道|暗想|暗道|心里想|心中想|想道)$/;
/** Whom somebody speaks to or looks at, and what belongs to somebody: no second speaker. */
const TO = /(?:[对向朝冲跟和把与给拍拉扶指]|看着|看向|望着|望向|盯着|瞪着)$/;
const NO_HEAD =
  /^(?:突然|忽然|这时|此时|只见|然后|接着|于是|随后|身后|门外|门口|远处|旁边|对面|一旁|半晌|良久|片刻|终于|最后|有人|那人|对方|两人|二人|三人|自己|大家|声音|老板娘?说|所有|其中|其他|为首|话音|说完|听到|听见|看到|看见|今天|现在|如果|因为|所以|但是|可是|不过|还是|就是|只是|没有|什么|怎么|不要|一个|电话|手机|耳边|心里|心中|屏幕|画面|镜头)|[的了着他她它我你这那不是在有到就又也都，]/;

/** 手机里传来声音说, 墙上写道, 信上说: what is read or heard, not who speaks; 坐在椅子上说 and 马上说 are no such places. */
const ELSEWHERE =
  /[上里中内](?:面|头)?[^，,]{0,4}(?:显示|写|印|刻|传来|响起)|(?:^|[，,])[^，,在从往坐站躺靠走跳爬心嘴口马早晚暗]{1,5}[上里中内]说/;

export type Told = { readonly label: Label; readonly said: string };

/** Narration between the quotes of a line, and where each piece stands to them. */
function piecesOf(line: string): { quotes: string[]; told: string[] } | undefined {
  if (line.length > LONGEST) return undefined;
  const quotes = line.match(QUOTE) ?? [];
  const told = line.split(QUOTE);
  return quotes.length === 0 || told.every((piece) => piece.trim() === '') ? undefined : { quotes, told };
}

/** 大堂里很吵。沈青起身道： → 沈青起身道 */
const lastSentence = (telling: string) => telling.replace(/[：:，,\s]+$/, '').replace(/^.*[。！？!?]\s*/s, '');
const firstSentence = (telling: string) => telling.replace(/[，,：:。！？!?…].*$/s, '');

/**
 * Who says the quoted words of a line, how, and what: undefined when the telling names nobody `knows`, or two people. `prose`: the whole
 * script is told so; then “不。”沈青说 is what she says, and 沈青摇摇头：“不。” too.
 */
export function toldLine(line: string, knows: (name: string) => boolean, prose: boolean): Told | undefined {
  const pieces = CLOSE.test(line) ? piecesOf(line) : undefined;
  if (!pieces) return undefined;
  const { quotes, told } = pieces;
  const before = lastSentence(told[0]!);
  const behind = told[1]!.trim();
  const isBefore = before !== '';
  if (!isBefore && !prose) return undefined;
  // 甲：“词” and 甲：他说：“词” are labels; words quoted in the middle of a sentence are no speech
  if (isBefore && (/[：:]/.test(before) || !/[：:，,]\s*$/.test(told[0]!))) return undefined;
  const telling = isBefore ? before : firstSentence(behind);
  const name = nameAt(telling, knows);
  if (name === undefined || telling === name) return undefined;
  const how = telling.slice(name.length);
  const thinks = THINKS.test(how);
  const colon = isBefore && /[：:]\s*$/.test(told[0]!);
  const goesOn = !isBefore && quotes.length > 1 && /[，,：:]\s*$/.test(told[1]!);
  if (!thinks && !SAYS.test(how) && !(prose && (colon || goesOn))) return undefined;
  if (/^[的、和与（(]/.test(how) || isAnothers(how, knows)) return undefined;
  // “不。”沈青说。陆川问：“为什么？” is what two people say
  const between = [isBefore ? '' : behind.slice(telling.length), ...told.slice(isBefore ? 1 : 2, quotes.length)];
  if (quotes.length > 1 && SAYS.test(firstSentence(told.at(-1)!.trim()))) between.push(told.at(-1)!);
  if (between.some((piece) => namesAnother(piece, (one) => one !== name && knows(one)))) return undefined;
  const rest = told.map((piece) =>
    piece
      .trim()
      .replace(/^[，,。]+|[：:，,。]+$/g, '')
      .trim(),
  );
  const at = isBefore ? 0 : 1;
  const own = rest[at]!.lastIndexOf(telling);
  if (own >= 0) rest[at] = `${rest[at]!.slice(0, own)}${how.replace(VERB, '')}${rest[at]!.slice(own + telling.length)}`;
  const paren = mannersOf(...rest);
  return { label: { name, paren, voice: thinks ? 'OS' : undefined, end: 0 }, said: quotes.join('') };
}

/** The longest name the telling begins with. */
function nameAt(telling: string, knows: (name: string) => boolean): string | undefined {
  for (let length = Math.min(8, telling.length); length > 0; length--) {
    const name = telling.slice(0, length);
    if (knows(name)) return name;
  }
  return undefined;
}

/** Whether what stands between a name and what is said tells of other people's words: 沈青听见陆川喊道, 沈青打开信，信上说. */
export const isAnothers = (how: string, knows: (name: string) => boolean): boolean =>
  ELSEWHERE.test(how) || namesAnother(how, knows);

/** 沈青听见陆川喊道: it is not she who calls. 沈青对陆川说 names whom she speaks to. */
function namesAnother(how: string, knows: (name: string) => boolean): boolean {
  for (let at = 0; at < how.length; at++) {
    const other = nameAt(how.slice(at, at + 8), (name) => name.length > 1 && knows(name));
    if (other === undefined) continue;
    if (!TO.test(how.slice(0, at)) && how[at + other.length] !== '的') return true;
    at += other.length - 1;
  }
  return false;
}

/** Names of a script that is told like a novel and lists nobody: words the telling of what is said begins with again and again, and goes on from in several ways. */
export function namesTold({ lines }: Source): Set<string> {
  const heads = new Map<string, number>();
  let telling = 0;
  for (const line of lines) {
    const pieces = CLOSE.test(line) ? piecesOf(line) : undefined;
    if (!pieces) continue;
    const before = lastSentence(pieces.told[0]!);
    const words = before === '' ? firstSentence(pieces.told[1]!.trim()) : before;
    if (!SAYS.test(words) && !THINKS.test(words) && !/[：:]\s*$/.test(pieces.told[0]!)) continue;
    if (words.length < 4 || /[：:]/.test(words)) continue;
    telling++;
    for (const length of [2, 3, 4]) {
      const head = words.slice(0, length);
      if (/^[一-龥·]+$/.test(head)) heads.set(head, (heads.get(head) ?? 0) + 1);
    }
  }
  const names = new Set<string>();
  if (telling < 4 || moreAreSpoken(lines, telling * 2)) return names;
  const next = nextOf(lines, heads);
  for (const [head, times] of heads) {
    const ways = next.get(head)!.size;
    if (ways < 2 || (times < 2 && ways < 3) || NO_HEAD.test(head) || !speakable(head)) continue;
    // 沈青说 is 沈青
    if (head.length > 2 && [2, 3].some((length) => length < head.length && next.get(head.slice(0, length))!.size > 1))
      continue;
    names.add(head);
  }
  return names;
}

/** What follows each head, wherever it stands. */
function nextOf(lines: readonly string[], heads: ReadonlyMap<string, number>): Map<string, Set<string>> {
  const next = new Map([...heads.keys()].map((head) => [head, new Set<string>()]));
  for (const line of lines)
    for (let at = 0; at < line.length; at++)
      for (const length of [2, 3, 4]) next.get(line.slice(at, at + length))?.add(line.charAt(at + length));
  return next;
}
