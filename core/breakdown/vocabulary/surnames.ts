// Chinese surnames: the common single ones and the compound ones. Two-character names are tried first.

/** Surnames of two characters. */
export const compoundSurnames: ReadonlySet<string> = new Set(
  `欧阳 上官 司马 诸葛 司徒 夏侯 慕容 东方 西门 南宫 北冥 皇甫 尉迟 公孙 令狐 宇文 长孙 轩辕 独孤 端木 百里 东郭 南门 呼延 完颜 耶律 拓跋 赫连 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 钟离 鲜于 闾丘 司空 司寇 子车 颛孙 巫马 公西 漆雕 乐正 壤驷 公良 拓拔 夹谷 宰父 谷梁 段干 第五 叶赫 纳兰 爱新觉罗 富察 钮祜禄 乌拉那拉 瓜尔佳 北堂 西陵 东陵 即墨 沐阳 佐藤 伊藤 加藤 斋藤 山本 山田 山口 田中 渡边 吉田 铃木 松本 木村 宫本 武田 冈村 藤田 藤原 川岛 龟田 坂田 村上 秋山 松井 井上 小野 中村 高桥 黑田 三浦 板垣 酒井 影佐 南造 竹内 东条 冈田 黑木 佐佐木 土肥原`.split(
    ' ',
  ),
);

/** Surnames of one character, as one string: the hundred names and the rarer ones writers like. */
const single =
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公晋楚闫法汝鄢涂钦岳帅缑亢况有琴商牟佘佴伯赏墨哈谯笪年爱阳佟言福肖邸佃迟覃揭仝苑漆原冼植敬栗厚战展代付仉叱岚晗奕祈洛萍娜顼锦';

/** True for a character that may be a surname. */
export const singleSurnames: ReadonlySet<string> = new Set(single.split(''));

/** Surnames rare enough, or common enough as words, that a bare surname + given name is not believed without a label. */
export const wordySurnames: ReadonlySet<string> = new Set(
  '水云花时于和明成计强路危江高万支经管干解应单包诸左石家封富巫山车侯全班仰秋仲宫宁武束幸司白怀从索咸籍能双闻党通边别充连习容向古易慎终居步都满国文广东利越师冷那简空养须关相查后红权盖益公法有商伯赏年爱阳言福原敬厚战展代伏平安常乐元祖符印黎温'.split(
    '',
  ),
);

/** Words whose last character looks like a surname: 经常 + 公公 is not a Mr Chang. */
export const endsLikeSurname: ReadonlySet<string> = new Set(
  '经常 平常 非常 日常 时常 通常 正常 异常 照常 往常 对于 由于 关于 至于 等于 终于 过于 善于 公安 平安 西安 长安 晚安 请安 问安 温和 总和 柔和 共和 完成 变成 造成 形成 当成 看成 马上 立马 骑马 下马 牵马 白马 战马 骏马 人马 宝马 黑白 明白 苍白 雪白 惨白 洁白 空白 长江 大江 过江 高大 提高 崇高 森林 树林 竹林 园林 山石 宝石 岩石 奖金 黄金 资金 现金 基金 重金 赏金 国王 大王 霸王 魔王 女王 亲王 君王 皇后 太后 以后 然后 之后 最后 今后 身后 背后 王后 饭店 英雄 关元 公元 单元 状元 一元 万元 千元 百元 亿元 安全 完全 周全 保全 十万 百万 千万 一万 几万 方向 转向 面向 走向 朝向 容易 交易 贸易 简单 名单 孤单 清单 菜单 账单 订单 出国 中国 外国 全国 帝国 祖国 大海 相关 有关 无关 开关 机关 海关 玩家 大家 全家 回家 国家 专家 人家 自家 一家 两家 厂家 商家 亲家 冤家 管家 搬家 成家 老家 娘家 婆家 东家 画家 作家 行家 语文 作文 英文 中文 论文 古文 应该 反应 答应 供应 适应'.split(
    ' ',
  ),
);
