// Measure words. One in front of a noun says that the noun is a thing: 一盏走马灯, 那把刀, 半块玉佩.

/** Measure words that count things one can hold, hang or carry. */
export const thingMeasures =
  '把柄只支枝根条张块枚颗粒片封份本册卷幅部台架盏件套双对副顶串包袋盒箱瓶罐坛壶杯碗盘盆桶叠摞沓捆束朵面口方锭尊座扇面道';
