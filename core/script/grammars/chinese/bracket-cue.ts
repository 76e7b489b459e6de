// Who speaks where a bracket stands in place of the colon: 甲（冷笑）你来了。 In most scripts such a line is action (甲（拿着手机）走来。);
// it is speech where a script writes so throughout, and where its words are said to somebody.
import type { Source } from '../../source.ts';
import { fieldKind } from './field.ts';
import { moreAreSpoken } from './framed.ts';
import { type Label, labelOf, speakable } from './label.ts';
import { isTriangle } from './triangle.ts';

const NAME_LENGTH = 8;
const CUE = /^([一-龥·A-Za-z0-9]{1,8})\s*[（(【]([^（()）【】]{1,40})[）)】]\s*(?![，。、：:；;的])(?=\S)/;
/** 甲（男，25岁）, 甲（我同桌）: who somebody is. */
const IDENTITY = /[0-9我]|岁|饰|主角|配角|[男女][主一二配]|^[男女]$/;
/** 走进来, 看着她: what is done, not said. */
const DONE =
  /^(?:(?:缓缓|慢慢|匆匆|纷纷|突然|一把|上场|下场|哗然|转身|低头|抬头|起身|冲|走|跑|站|坐|躺|跪|看|望|盯|推|拉|拿|端|抱|扶|递|伸|指|挥|摔|扔|把|将|向|朝|对着?|从|在|被|和|与|跟|说|道|问|喊|叫|笑|哭|点|摇|闭|睁)(?![吧啊呀嘛呢吗]|什么|你|我))/;
/** Whether words behind a name tell what is done. */
export const isDone = (words: string) => DONE.test(words);

/** Words that are said to somebody: 你, 本宫; 好吗？ */
const TO_SOMEBODY = /[你您我咱俺朕]|本[宫王座]|[吧啊呀嘛呢吗哦哟][。！？!?~～…]*$/;
/** 屏幕上写着“我爱你”, 镜子里的自我, 两人你看我，我看你: told of them. */
const TOLD = /(?!^)[“"「『][^“”"「」『』]*[”"」』]|自我|我方|你看我[，、]?我看你/g;
/** Whether the words are said to somebody. */
export const isTo = (said: string) => TO_SOMEBODY.test(said.replace(TOLD, ''));

/** The label of a line with a bracket and no colon behind the name, when it is speech: of those in `usual`, or of somebody known to somebody. */
export function bracketLabel(
  line: string,
  knows: (name: string) => boolean,
  usual: ReadonlySet<string>,
): Label | undefined {
  const label = cueOf(line);
  if (label === undefined || !(knows(label.name) || usual.has(label.name))) return undefined;
  const said = line.slice(label.end, label.end + 200);
  const isDone = DONE.test(said);
  return (usual.size > 0 ? isTo(said) || !isDone : isTo(said) && !isDone) ? label : undefined;
}

function cueOf(line: string): Label | undefined {
  if (!hasBracket(line)) return undefined;
  const cue = CUE.exec(line);
  const isPerson = cue && speakable(cue[1]!) && fieldKind(cue[1]!) === undefined && !IDENTITY.test(cue[2]!);
  const label = isPerson ? labelOf(`${cue[1]!}（${cue[2]!}）：`) : undefined;
  return label && { ...label, end: cue![0].length };
}

/** Whether a bracket opens right behind what may be a name. */
function hasBracket(line: string): boolean {
  for (let at = isTriangle(line) ? line.length : 1; at <= NAME_LENGTH + 1 && at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === 0xff08 || code === 0x28 || code === 0x3010) return true;
    // 甲：, 甲推门， and no name that long
    if (code === 0xff1a || code === 0xff0c || code === 0x3002) return false;
  }
  return false;
}

/**
 * Names that stand before a bracket and words, in a script that shows so who speaks: at least three such lines of two people, more than
 * those with a label, and actions marked or most of the words said to somebody.
 */
export function namesBeforeBrackets({ lines }: Source): Set<string> {
  const names = new Set<string>();
  let count = 0;
  let said = 0;
  for (const line of lines) {
    const label = cueOf(line);
    if (!label || labelOf(line)) continue;
    const words = line.slice(label.end, label.end + 200);
    if (DONE.test(words)) continue;
    names.add(label.name);
    count++;
    if (isTo(words)) said++;
  }
  const isUsual = names.size > 1 && count > 2 && (said * 2 > count || lines.some(isTriangle));
  return isUsual && !moreAreSpoken(lines, count - 1) ? names : new Set();
}
