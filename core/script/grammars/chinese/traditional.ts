// The grammar's words are Simplified, its colons ： and :. A script in Traditional characters, or with other marks that look like a
// colon, is read on a copy in the grammar's own.
import { simplified } from '../../simplified.ts';
import type { Source } from '../../source.ts';

/** How much of a script is looked at: one in Traditional characters has them from its first heading. */
const SAMPLE = 200_000;

/** Traditional characters of the words this grammar knows. */
const TRADITIONAL =
  /[場時間內點戶劇話齊聲獨電機語視頻對講廣錄擴憶敘夢結轉鏡頭閃現實畫標備註題類簡綱設關係檔條顯訊彈記樂環風連續緊黃後兩貳陸終幾歲號裡裏說問應過麼們來開觀氣變隱漸]/;

/** What looks like a colon; 3∶1 is a score or a ratio. */
const COLON_LIKE = /(?<![0-9])[﹕∶︰]|[﹕∶︰](?![0-9])/g;

/** The same lines in Simplified characters and with the usual colon, each as long as it was; undefined for a script that needs no such copy. Linear in the length. */
export function simplifiedCopy(source: Source): Source | undefined {
  const isTraditional = TRADITIONAL.test(source.text.slice(0, SAMPLE));
  const hasColonLike = source.text.search(COLON_LIKE) >= 0;
  if (!isTraditional && !hasColonLike) return undefined;
  const lines = isTraditional ? source.lines.map(sameLength) : source.lines;
  return { ...source, lines: hasColonLike ? lines.map((line) => line.replace(COLON_LIKE, '：')) : lines };
}

/** 著 is 着 here, as in 看著; the dictionary keeps it for 著名. A character whose simplified form has another length (嗰) stays as it is. */
function sameLength(line: string): string {
  const whole = simplified(line);
  const plain = whole.length === line.length ? whole : Array.from(line, alike).join('');
  return plain.replaceAll('著', '着');
}

function alike(character: string): string {
  const plain = simplified(character);
  return plain.length === character.length ? plain : character;
}
