// Measure words. One in front of a noun says that the noun is a thing: 一盏走马灯, 那把刀, 半块玉佩.

/** Measure words that count things one can hold, hang or carry. */
export const thingMeasures =
  '把柄只支枝根条张块枚颗粒片封份本册卷幅部台架盏件套双对副顶串包袋盒箱瓶罐坛壶杯碗盘盆桶叠摞沓捆束朵面口方锭尊座扇面道';

/** Measure words for creatures. */
export const creatureMeasures = '匹头只条群窝尾';

/** Measure words for vehicles. */
export const vehicleMeasures = '辆艘架台艇乘列';

const numbers = '一两二三四五六七八九十几数半这那某每另整';

/** Number or demonstrative, optional number, measure word: stands directly before a counted noun, adjectives allowed between. */
export const counted = new RegExp(`[${numbers}百千]+(?:[一二两三四五六七八九十几半])?([${thingMeasures}])`);

/** As a source for other patterns: (这|一…)(量词). */
export const countedSource = `(?:[${numbers}百千]{1,3})[${thingMeasures}]`;
