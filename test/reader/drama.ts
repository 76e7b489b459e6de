// A short episode for a model to read: a woman under another name, a ferryman without a cue, a word the grammar takes for a name.
import type { Row } from '../../core/reader/extract/answer.ts';

export const drama = `人物小传
1. 沈青，二十岁，绣娘，沈家的女儿。
2. 顾言，三十岁，男，书商。

第1集 渡口
1-1 夜 外 渡口
人物：沈青、顾言、黑衣人
△细雨。沈青一身月白长裙，左眼下一颗泪痣，怀里抱着一只描金漆匣。
沈青（低声）：白先生，匣子我带来了。
顾言：姑娘认错人了，我姓顾。
△船夫老莫系好缆绳，乌篷船靠了岸。
黑衣人：林晚，跟我走。
△沈青退了一步，漆匣差点落水。
顾言（护在她身前）：老莫，开船！
△远处铜锣三响，岸上灯火通明。

1-2 夜 内 船舱
人物：沈青、顾言
△油灯昏黄，舱壁贴着旧报纸。
沈青：先生救我，可知我是谁？
顾言：令尊托我来的。你叫林晚，沈家是你养父家。
△沈青打开漆匣，里面是半块玉珏。
沈青：他们都说我爹死了。
顾言：没有。灯影门的人找的就是他。
`;

export const english = `INT. KITCHEN - NIGHT

MARGARET, in a torn raincoat, sets a brass lantern on the table.

MARGARET
Doc, nobody followed me.

HARRIS
Sit down, Meg. You look half drowned.

A black sedan rolls past the window. Its horn BLARES.

MARGARET
They know about the ledger.

HARRIS
Then we burn the ledger.

She opens the stove. Harris strikes a match.

MARGARET
Not the whole of it.
`;

/** A row of an answer. */
export const row = (k: Row['k'], n: string, v: string, e: number, q: string, o = ''): Row => ({ k, n, v, o, e, q });

/** What a careful model says of the drama. */
export const careful: Row[] = [
  row('form', '沈青', '林晚', 13, '你叫林晚，沈家是你养父家'),
  row('form', '顾言', '白先生', 2, '白先生，匣子我带来了'),
  row('form', '老莫', '老莫', 4, '船夫老莫系好缆绳'),
  row('look', '沈青', '左眼下一颗泪痣', 1, '左眼下一颗泪痣'),
  row('trait', '顾言', '沉着，护人心切', 7, '老莫，开船'),
  row('tie', '沈青', '受托救她的人', 13, '令尊托我来的', '顾言'),
  row('sex', '沈青', 'female', 3, '姑娘认错人了'),
  row('work', '老莫', '船夫', 4, '船夫老莫'),
  row('costume', '沈青', '月白长裙', 1, '沈青一身月白长裙'),
  row('prop', '漆匣', '装着半块玉珏的描金匣子', 1, '怀里抱着一只描金漆匣', '沈青'),
  row('prop', '玉珏', '信物，只有半块', 14, '里面是半块玉珏'),
  row('vehicle', '乌篷船', '小船', 4, '乌篷船靠了岸'),
  row('sound', '铜锣', '三响', 8, '远处铜锣三响'),
  row('place', '船舱', '狭小，油灯昏黄，舱壁贴着旧报纸', 9, '油灯昏黄，舱壁贴着旧报纸'),
];

export const pictures = [
  { n: '沈青', zh: '年轻女子，月白长裙，左眼下一颗泪痣', en: 'young woman, pale moon-white dress, a mole under her left eye' },
  { n: '船舱', zh: '狭小船舱，油灯昏黄，旧报纸糊壁', en: 'cramped boat cabin, dim oil lamp, walls papered with old newspapers' },
  { n: '漆匣', zh: '描金漆匣，巴掌大', en: 'small lacquer box with gold tracing' },
]; // biome-ignore format: a table
