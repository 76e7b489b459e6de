// Words around an address that decide whether it is one.

/** What a one-character title must not run into: 裴总是 is 总是, 王公司 is 公司. */
export const runsOn: Readonly<Record<string, string>> = {
  总: '是会能算共体结归得该之以部店',
  公: '司主子众开寓安平园里元交认式布告',
  相: '信府关同似互当对比反机片处遇识伴继',
  少: '年女数量有了不说',
  老: '师板人实是了去大爷虎婆公家',
  工: '作人地厂程具资夫',
  队: '伍友员',
  局: '面势部里',
  导: '演致师航',
  氏: '集族企珠公股传地控资生药科的旗高余满宗遗祠',
  父: '女子母',
  母: '女子亲爱校',
  爷: '孙',
  哥: '们伦',
  姐: '们弟妹',
  弟: '子们妹',
  妹: '们子夫',
  妈: '的',
  董: '事',
  郎: '中君',
  娘: '家子胎',
  兄: '弟妹台长',
  叔: '侄父',
  伯: '父乐',
  姑: '娘息且',
  姨: '娘太妈',
  嫂: '子',
  公公: '司',
};

/** Pet-like words that are no names: 小心, 老天, 阿姨. */
export const petStops: ReadonlySet<string> = new Set(
  '小心 小时 小声 小子 小雨 小雪 小路 小人 小姐 小孩 小说 小区 小店 小看 小家 小白 小便 小巧 小费 小康 小年 小春 小满 小寒 小暑 小票 小鱼 小马 小羊 小牛 小车 小船 小山 小石 小河 小江 小池 小水 小米 小麦 小花 小草 小云 小风 小贝 小计 小成 小名 小和 小平 小安 小方 小红 小黄 小金 小包 小步 小队 小巷 小广 小公 小文 小项 小宝 老天 老师 老板 老家 老人 老大 老实 老爷 老婆 老公 老头 老虎 老鼠 老鹰 老年 老成 老乡 老牛 老马 老酒 老店 老路 老宅 老城 老街 老车 老树 老石 老花 老白 老常 老于 老和 老安 老时 老了 老是 阿姨 阿爹 阿娘 阿婆 阿公 阿弥 阿谀'.split(
    ' ',
  ),
);

/** Given names that are everyday words: only a label or an address makes a name of them. */
export const everydayNames: ReadonlySet<string> = new Set(
  '平安 如意 吉祥 明白 天明 光明 长安 建国 国庆 胜利 和平 美丽 文明 自然 永远 安静 高兴 快乐 幸福 如此 当然 天下 天真 春天 秋天 冬天 夏天 白云 天空 大海 山河 长江 黄河 东方 西方 南方 北方 正义 自由 希望 理想 未来 明天 今天 昨天 可可 多多 安安 清清 明明 千千 万万 一一 想想 看看 等等 天天 年年 星星 月月 圆圆 乐乐 甜甜 静静 冷静 小心 小雨 大雨 下雨 初一 初夏 子时 清明 立夏 立秋 小满 开心 用心 安心 真心 放心 明月 清风 天使 天仙 英雄 志气 志向 大力 有为 无忌 不凡 不悔 无双 若水 如烟 如梦 如故 似锦 思念 相思 长生 永生 重生 平凡 如意 满意'.split(
    ' ',
  ),
);

/** Before an address in mid-sentence: 回陛下, 多谢姑娘, 参见王爷. */
export const callsBefore =
  /(?:回|禀|回禀|启禀|多谢|谢谢|谢|感谢|参见|拜见|见过|恭迎|恭送|求求|求|请|恭喜|听|喂|哎|唉|嗨|诶|哟|啊)$/;

/** Marks at the edge of an address. */
export const edgeBefore = /[，,。．.！!？?…—、；;：:“”"‘’（(【《\s～~]/;
export const edgeAfter = /[，,。．.！!？?…—、；;：:“”"‘’）)】》\s～~]/;
