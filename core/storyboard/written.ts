// What of an action is writing in the picture: 短信：孩子在我手上; on screen: "RUN". It is read there, and nobody it names does anything.

const lettered =
  /((?:短信|信息|消息|微信|纸条|字条|便签|写着|写道|显示|刻着|字样|屏幕上|屏幕)[^，。：:\n]{0,6}[：:])(.*)$|((?:写着|写道|写有|显示|刻着|刻有|印着)(?:一行字|几个字)?)([“"「『][^“”"「」『』]*[”"」』])|(\b(?:screen|texts?|messages?|note|sign|letter|banner|headline|reads?)\b[^:.\n]{0,12}:\s*)(["“].*?["”]|.*$)|(\b(?:reads?|says)[,:]?\s+)(["“].*?["”])/gimu;

/** An action with its writing blank, letter for letter: what is left stands where it stood. */
export const unwritten = (action: string): string =>
  action.replace(lettered, (whole, ...groups: (string | undefined)[]) => {
    const words = [groups[1], groups[3], groups[5], groups[7]].find((group) => group !== undefined) ?? '';
    return whole.slice(0, whole.length - words.length) + ' '.repeat(words.length);
  });

/** Whether an action is writing and nothing else: 微信 陌生号码：…; TEXT MESSAGE: "Run." */
export const isWriting = (action: string): boolean =>
  /^(?:微信|短信|私信|弹幕|热搜|字条|纸条|邮件|朋友圈|支付宝|银行(?:短信|通知|提醒|卡|账户|APP))[^，。：:]{0,10}(?:[：:]|到账)|^(?:an? )?(?:TEXT(?: MESSAGE)?|MESSAGE|E-?MAIL|HEADLINE)(?: from [^:.]{1,30})?:/i.test(
    action,
  );

/** Marks of a list and of the camera before the words of a picture. */
const marks: readonly (readonly [RegExp, string])[] = [
  [/^\s*(?:[-–—•*·]{1,3}\s+|[△▲]\s*)/gmu, ''],
  [/^[【[(（](?:大特写|极特写|特写|近景|中近景|中景|中全景|全景|远景|空镜)(?:镜头)?[】\])）][：:\s]*/u, ''],
  [/^(?:大特写|极特写|特写|近景|中近景|中景|中全景|全景|远景|空镜)(?:镜头)?[：:\s]\s*/u, ''],
  [/^([^，。：:\n]{1,8}?)的?(?:大|极)?特写[：:]\s*/u, '$1，'],
  [/^(?:INSERT|CLOSE ON|CLOSE[- ]?UP(?: (?:ON|OF))?|ANGLE ON|WIDE ON)\s*[-–—:]?\s+/u, ''],
];

/** The words of a picture without marks of lists and of the camera; as they are where there is nothing else. */
export function unmarked(words: string): string {
  const bare = marks.reduce((text, [mark, to]) => text.replace(mark, to), words).trim();
  return bare === '' ? words : bare;
}
