// Radicals that fonts give for the characters they look like: ⽇ for 日, ⻘ for 青. A font with one picture for both says the radical.

const RADICAL = /[\u2e80-\u2ef3\u2f00-\u2fd5]/;
const RADICALS = new RegExp(RADICAL.source, 'g');

// Unicode's EquivalentUnifiedIdeograph of the CJK Radicals Supplement, which no normal form maps; ⺀ and ⺚ have none
const SUPPLEMENT = new Map(
  pairs(
    '⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳',
    '厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟',
  ),
);

function pairs(radicals: string, characters: string): [string, string][] {
  const to = Array.from(characters);
  return Array.from(radicals, (radical, index) => [radical, to[index]!]);
}

/** The text with the character for each radical. */
export const withoutRadicals = (text: string) =>
  RADICAL.test(text) ? text.replace(RADICALS, (one) => SUPPLEMENT.get(one) ?? one.normalize('NFKC')) : text;
