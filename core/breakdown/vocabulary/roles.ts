// Words that name a part rather than a person: crowds, walk-ons, disguises.

/** Crowds: no face of their own. */
export const crowdWords: readonly string[] =
  '众人 众 大家 群众 百姓 路人 围观者 围观群众 村民 村民们 宾客 宾客们 客人们 同学们 学生们 员工们 记者们 食客 看客 路人们 侍卫们 士兵们 官兵 官兵们 家丁们 丫鬟们 下人们 弟子们 众弟子 众大臣 群臣 百官 文武百官 众将 众将士 将士们 匪徒们 孩子们 村民众人 众宾客 全体 所有人 人群 观众 粉丝 吃瓜群众 乘客们 保镖们 黑衣人们 警察们 护士们 医护人员 工作人员 服务员们 二人 两人 三人 四人 齐声 合 众声 群声 其他人 旁人 行人 禁军 追兵 随从 随从们 手下 手下们 小弟们 天兵 天兵们 天将 众仙 众神 众妖 众魔 众臣 众卿 众僧 喽啰 喽啰们 众妖 小妖们'.split(
    ' ',
  );

/** Tails and heads that make a label a crowd: 百姓若干, 食客数人, 众侍卫, 侍卫们. */
export const crowdTail =
  /(?:若干|数人|数名|多人|多名|几人|几名|数十|数百|无数|等人|们|众人|齐声|(?:飞虎|特警|特战|巡逻|警卫|侍卫|护卫|救援|消防|仪仗|迎亲|送葬)队|[两二三四五六七八九十百几数]+[人名位个])$/;
export const crowdHead =
  /^(?:众|群|诸位|一群|一众|几个|几名|数名|数十|数百|上百|十余|全[场体军班村](?!.*(?:长|帅|首富|第一|经理|总监)$)|[两二三四五六七八九十百几]+[名个位])/;

/** Labels that are a voice and nobody's name. */
export const voiceLabels: ReadonlySet<string> = new Set(
  '旁白 画外音 画外 字幕 音效 系统 系统音 系统声音 系统提示 系统提示音 系统语音 系统播报 系统广播 提示音 广播 电视 新闻 新闻播报 电话 手机 录音 内心 内心独白 独白 解说 歌声 背景音 背景音乐 BGM OS VO NARRATOR 机械音 电子音'.split(
    ' ',
  ),
);

/** Numbered walk-ons: 书吏甲, 保镖A, 路人1. */
export const numbered = /^(.+?)(?:[甲乙丙丁戊己庚辛]|[A-H]|\d{1,2}|[一二三四五])$/;

/** What a role label ends in when it is no name: 黑衣男, 蒙面女子, 卖糖人, 小内侍. */
export const roleTails: readonly string[] =
  '男子 女子 男人 女人 男孩 女孩 少年 少女 青年 老者 老人 老头 老太 老妇 妇人 妇女 大妈 大婶 大爷 大叔 老汉 汉子 大汉 壮汉 刺客 杀手 侍卫 护卫 卫兵 士兵 兵士 官兵 将士 狱卒 差役 衙役 捕快 内侍 太监 宫女 宫人 丫鬟 丫环 婢女 侍女 仆人 下人 家丁 小厮 小二 店小二 伙计 掌柜 老板 老板娘 司机 保镖 保安 警察 警员 民警 医生 护士 大夫 律师 记者 主持人 秘书 助理 前台 服务员 店员 收银员 快递员 外卖员 员工 同事 经理 主管 管家 佣人 保姆 阿姨 老师 学生 同学 村民 村长 乞丐 乞儿 道士 和尚 尼姑 术士 书生 秀才 商人 小贩 摊贩 路人 行人 乘客 顾客 客人 宾客 食客 观众 粉丝 邻居 房东 神秘人 黑衣人 蒙面人 面具人 鬼面人 白衣人 灰衣人 红衣人 撑船人 船夫 车夫 马夫 轿夫 樵夫 猎人 猎户 渔夫 铁匠 工匠 匠人 媒婆 稳婆 产婆 乳母 奶娘 嬷嬷 弟子 师兄 喽啰 头目 匪徒 土匪 强盗 劫匪 绑匪 混混 小偷 骗子 债主 法官 检察官 书记员 狱警 消防员 军官 军医 助手 学徒 徒弟 随从 手下 男 女 人 者 兵 卒 匠 贩 客 婆 童 娃'
    .split(' ')
    .sort((a, b) => b.length - a.length);

/** Whose somebody is, in front of a name: 魔尊旧部血罗刹, 王爷暗卫影一. */
export const retainers: ReadonlySet<string> = new Set(
  '旧部 部下 手下 属下 麾下 心腹 亲信 侍从 随从 门徒 徒弟 弟子 护法 影卫 暗卫 死士 贴身侍女 贴身丫鬟 跟班 小弟 闺蜜 发小 同桌 室友 队友'.split(
    ' ',
  ),
);

/** Adjectives a role label may begin with; a label made of them is a disguise until somebody takes it off. */
export const disguiseWords =
  /蒙面|面具|鬼面|黑衣|白衣|灰衣|红衣|青衣|神秘|斗笠|兜帽|戴帽|不明|陌生|口罩|墨镜|披风|匿名/;

/** States in front of a name: the same person at another age or in another shape. */
export const statePrefixes: readonly string[] =
  '少年时 小时候的 小时候 少年 幼年 童年 儿时 年幼 年少 年轻 青年 中年 老年 晚年 成年 长大后的 变身后的 化妆后的 受伤的 醉酒的 前世 今世 今生 转世 古装 现代 梦中 幻影 回忆中的 回忆 真'.split(
    ' ',
  );

/** The same in brackets or behind: 裴照（少年）. */
export const stateSuffixes: readonly string[] =
  '的声音 的画外音 之声 幻影 幻象 魂魄 鬼魂 的鬼魂 的背影 的照片 分身 少年 幼年 童年 老年 幼时 小时候 声音 声'.split(
    ' ',
  );

/** How people of rank call themselves; never a name. */
export const selfWords: ReadonlySet<string> = new Set(
  '朕 寡人 孤 本王 本宫 本官 本座 本尊 本少 本少爷 本小姐 本公主 本太子 本将军 本相 本帅 哀家 臣 臣妾 妾身 微臣 老臣 罪臣 末将 属下 卑职 下官 奴婢 奴才 老奴 小的 小人 小女子 小女 民女 草民 贱妾 晚辈 在下 老夫 老身 老朽 老衲 贫僧 贫道 洒家 俺 咱家 杂家 儿臣 孩儿 小生 自家 为父 为师 弟子 徒儿 学生 鄙人 不才 吾'.split(
    ' ',
  ),
);
