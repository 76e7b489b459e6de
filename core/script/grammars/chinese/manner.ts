// How somebody speaks, glued to the name before the colon: 甲心想, 甲对着电话, 甲冷笑 are all 甲.
import { type Label, mannersOf, speakable, voiceOf } from './label.ts';

const THOUGHT = /(?:心里想|心中想|心想|心道|暗想|暗道|心里|心中)$/;
const PHONE =
  /^(?:(?:对着?|冲着?|拿着|拿起|举着|握着|接|接起)(?:电话|手机|话筒|听筒|对讲机)|电话[里中])(?:说|说道|问|喊)?$/;
/** Words no name ends in: 青, 助理, 笑 are none of them. */
const HOW =
  /^((?:低声|小声|轻声|大声|高声|柔声|厉声|冷声|沉声|颤声|哭|怒|冷笑|苦笑|微笑|大笑|愤怒|怒吼|怒喝|怒斥|大喊|大叫|尖叫|哭喊|惊呼|哽咽|抽泣|咆哮|喃喃|呢喃|嘀咕|自言自语|喃喃自语|低语|叹气|冷冷|哼唱|清唱|唱|(?:摇|点)了?(?:摇|点)?头|皱了?皱?眉|挑了?挑?眉|蹙眉|抬头|抬眼|抬眸|回头|转头|转身|起身|拍桌|咬牙|撇嘴|耸肩|垂眸|俯身|一愣|一怔|愣住|怔住|打字|发消息|发信息|发微信|发语音|回消息|回微信|微信|短信|语音)[着地]?)(?:说|道|说道|问|问道|喊|喊道|答|答道)?$/;
const LEAD =
  /^(?:(VO|OS|V\.O\.|O\.S\.|画外音)[\s·\-—]*|(?:电话|手机|视频|听筒|对讲机)(?:里|中|那头|那边|另一头|另一端)?的?|[0-9]{1,3}\s*[.、．]\s*)/i;
/** 甲对乙, 甲看着镜子: to whom or where somebody speaks. */
const TOWARDS = /^(?:对着?|向|朝着?|冲着?|看着|看向|望着|望向|指着|拉着|抱着)[一-龥]{1,8}$/;
const NO_PERSON = /^(?:[我你他她它您]|他们|她们|我们|自己|.*[着了的在后看].*)$/;
const LONGEST_UNKNOWN = 4;

/** The label without the manner: the longest known name it begins with, when a closed list of words is all that follows. Any other label as it is. */
export function mannered(label: Label, knows: (name: string) => boolean): Label {
  if (label.name.length < 2 || knows(label.name)) return label;
  const led = ledBy(label, knows);
  if (led) return led;
  let length = label.name.length - 1;
  while (length > 0 && !knows(label.name.slice(0, length))) length--;
  const known = length > 0 ? spoken(label, label.name.slice(0, length), label.name.slice(length).trim()) : undefined;
  if (known) return known;
  const name = label.name.replace(THOUGHT, '');
  const isPerson = name !== label.name && name.length <= LONGEST_UNKNOWN && isPersonal(name);
  return isPerson ? { ...label, name, voice: label.voice ?? 'OS' } : label;
}

/** VO甲, 电话那头的甲, 1. 甲: a voice, where it comes from or the number of a shot before somebody known. */
function ledBy(label: Label, knows: (name: string) => boolean): Label | undefined {
  const [whole, mark] = LEAD.exec(label.name) ?? [];
  const name = whole === undefined ? '' : label.name.slice(whole.length).trim();
  if (whole === undefined || !knows(name)) return undefined;
  if (/^[0-9]/.test(whole)) return { ...label, name };
  if (mark !== undefined) return { ...label, name, voice: label.voice ?? voiceOf(mark) };
  return {
    ...label,
    name,
    paren: mannersOf(label.paren, whole.replace(/的$/, '')),
    voice: label.voice ?? 'PHONE',
  };
}

/** Whether a name nobody has heard yet may be the one who thinks: 沈青 yes, 他 and 陆川看着她 no. */
const isPersonal = (name: string) => speakable(name) && !NO_PERSON.test(name);

function spoken(label: Label, name: string, manner: string): Label | undefined {
  const thought = THOUGHT.exec(manner);
  if (thought?.index === 0) return { ...label, name, voice: label.voice ?? 'OS' };
  const phone = PHONE.test(manner);
  const how = phone || (name.length > 1 && TOWARDS.test(manner)) ? manner : HOW.exec(manner)?.[1];
  // 林怒 beside 林 is a name
  if (how === undefined || (name.length === 1 && manner.length === 1)) return undefined;
  const paren = mannersOf(label.paren, how);
  return phone ? { ...label, name, paren, voice: label.voice ?? 'PHONE' } : { ...label, name, paren };
}
