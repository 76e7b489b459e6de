// Titles that stand behind a surname (沈总) or alone (陛下), by what they tell: who may carry them and which name the same office.

export type Gender = 'male' | 'female';

interface TitleGroup {
  readonly words: string;
  readonly gender?: Gender;
  /** The office, when several words name one: a form of the office fits a person known under another word of it. */
  readonly office?: string;
}

const groups: readonly TitleGroup[] = [
  // business
  { words: '总 总裁 总经理 执行总裁 CEO ceo 老总 总监 副总 老板 大老板 少东家 东家', office: 'boss' },
  { words: '董 董事长 主席 董事', office: 'chairman' },
  { words: '老板娘', gender: 'female', office: 'boss' },
  {
    words:
      '经理 主管 组长 店长 主任 部长 处长 科长 局长 厅长 厂长 校长 院长 馆长 台长 社长 会长 行长 站长 所长 村长 镇长 县长 市长 省长 书记 队长 班长 团长 连长 排长 营长 旅长 师长 军长 司令 将军 元帅 政委 参谋 舰长 船长 机长 课长 大佐 中佐 少佐 太君 学委 体委 课代表 舵主 堂主 帮主 会首 支书 副局长 副队长 副院长 副厂长 副主任 副经理 副校长 副处长 副书记 副市长 副县长 副团长 参谋长 副官 副总裁 处座 局座 师座 军座 团座 旅座 督察长 检察长 署长 秘书长 机关长 专员 特派员 干事 指导员 教导员 领事',
  },
  {
    words:
      '秘书 助理 特助 司机 保镖 管家 总管家 保安 翻译 顾问 经纪 经纪人 制片 导演 编剧 摄影师 化妆师 造型师 设计师 工程师 程序员 会计 出纳 主播 记者 编辑 总编 主编 编导 知青 裁缝 侦探 探员 神父 修女 牧师 军师',
  },
  { words: '律师 大状', office: 'lawyer' },
  { words: '法官 检察官 庭长' },
  { words: '医生 大夫 医师 郎中 神医 主治 教授 博士 护士长 护士 药师 仵作 太医 御医 法医 医女', office: 'doctor' },
  { words: '老师 班主任 先生 夫子 师傅 教练 导师 讲师 辅导员 同学 学长 师兄弟 师叔 师伯 师叔祖 师祖 同志 道友 爱卿' },
  { words: '警官 警员 警司 探长 警长 sir Sir 督察 捕头 捕快 巡捕 神捕', office: 'police' },
  { words: '学姐 师姐 师妹 学妹 师娘 师母', gender: 'female' },
  { words: '学长 师兄 师弟 学弟 师父 师公', gender: 'male' },
  // courtesy
  {
    words:
      '小姐 大小姐 二小姐 三小姐 四小姐 千金 姑娘 女士 太太 夫人 大夫人 二夫人 老夫人 老太太 老太君 少夫人 少奶奶 大奶奶 二奶奶 奶奶 阿姨 大姐 大娘 大妈 大婶 婶 婶子 嫂 嫂子 嫂嫂 姐 姐姐 妹 妹妹 妹子 小妹 姨 姨娘 姨太 姨太太 姑 姑姑 姑奶奶 婆 婆婆 嬷嬷 妈妈 妈 娘子 氏 媒婆 丫头 姥姥 女侠 伯母 仙姑 仙子 圣女 郡主 公主 长公主 大公主 王妃 侧妃 太子妃 世子妃 皇后 贵妃 淑妃 德妃 贤妃 妃 嫔 贵人 才人 昭仪 婕妤 美人 常在 答应 皇贵妃 太妃 太后 女官 宫女 女王 女皇 女帝 女郎 媛',
    gender: 'female',
  },
  {
    words:
      '先生 少爷 大少爷 二少爷 三少爷 大少 二少 三少 四少 少 公子 大公子 二公子 三公子 老爷 大老爷 二老爷 老太爷 太爷 爷 大爷 二爷 三爷 四爷 五爷 六爷 七爷 八爷 九爷 十爷 爷爷 老爷子 伯 伯父 伯伯 大伯 老伯 叔 叔叔 大叔 二叔 三叔 舅 舅舅 哥 哥哥 大哥 二哥 三哥 弟 弟弟 小弟 兄 兄弟 兄台 郎 大郎 二郎 三郎 四郎 五郎 六郎 七郎 公公 公 老头 驸马 世子 皇子 太子 王爷 侯爷 国公 小侯爷 王 亲王 郡王 侯 伯爷 道长 大师 方丈 和尚 少侠 大侠 壮士 秀才 员外 郎君 掌门 老弟 老兄 老哥 太监 内侍',
    gender: 'male',
  },
  // court and office
  {
    words:
      '大人 少卿 寺卿 侍郎 尚书 御史 都督 太守 知府 知县 县令 县太爷 刺史 节度使 统领 副统领 都统 指挥使 千户 百户 总管 提督 巡抚 总督 状元 探花 榜眼 学士 太傅 太师 太保 少傅 国师 祭酒 主簿 县丞 师爷 书吏 校尉 参将 副将 都尉 侍卫 护卫 掌柜 账房 老丈 宗主 谷主 庄主 楼主 阁主 教主 盟主 门主 岛主 城主 宫主 峰主 长老 护法 坛主 真人 上仙 仙尊 仙君 神君 魔尊 帝君 上神 殿主 魔君 妖君 鬼君 真君 星君 战神 神尊 天尊 天君 尊者 首领 头领',
  },
  { words: '宰相 丞相 相国 首辅 相爷 相 相公', office: 'chancellor', gender: 'male' },
  { words: '家主 族长 当家 当家的 队 局 导 工 老' },
];

/** A title: gender it tells and office it names, where it does. */
export interface Title {
  readonly gender?: Gender;
  readonly office?: string;
}

/** Every title that may follow a surname. */
export const titles: ReadonlyMap<string, Title> = collect();

function collect(): Map<string, Title> {
  const all = new Map<string, Title>();
  for (const { words, gender, office } of groups)
    for (const word of words.split(' ')) {
      const before = all.get(word);
      // A word of both lists (先生 for a teacher and for a man) tells only what both say.
      if (before) all.set(word, before.office ? { office: before.office } : {});
      else all.set(word, { ...(gender ? { gender } : {}), ...(office ? { office } : {}) });
    }
  return all;
}

/** Words of one office: 相 and 宰相 name the same one. */
export const officeWords: ReadonlyMap<string, readonly string[]> = (() => {
  const all = new Map<string, string[]>();
  for (const { words, office } of groups)
    if (office) all.set(office, [...(all.get(office) ?? []), ...words.split(' ')]);
  return all;
})();

/** Titles of one character that follow a surname only and would be noise elsewhere: 沈总, 陆董, 崔氏. */
export const shortTitles: ReadonlySet<string> = new Set(
  '总董少爷哥姐弟妹兄嫂叔伯姨姑婶舅婆妈爸父母氏郎公妃嫔相王侯队导局工老'.split(''),
);

/** Forms of address that name an office or a rank and stand alone; `fits` are the words that say a person may be meant. */
export const bareTitles: ReadonlyMap<string, { gender?: Gender; fits: readonly string[] }> = new Map(
  // word, m or f where it tells a man or a woman, what fits
  '陛下 皇帝 皇上 女帝 国王 陛下 天子 国君|皇上:m 皇帝 陛下 天子|圣上:m 皇帝 陛下 皇上 天子|父皇:m 皇帝 陛下 皇上|万岁 皇帝 陛下 皇上|万岁爷:m 皇帝 陛下 皇上|皇帝:m 皇帝 陛下 皇上|母后:f 皇后 太后|娘娘:f 皇后 贵妃 妃 嫔 太后 娘娘 贵人 昭仪|皇后娘娘:f 皇后|贵妃:f 贵妃|淑妃:f 淑妃|德妃:f 德妃|贤妃:f 贤妃|贵妃娘娘:f 贵妃|太后娘娘:f 太后|殿下 太子 皇子 王 公主 世子 殿下 郡主|王爷:m 王|世子:m 世子|太子:m 太子|公主:f 公主|郡主:f 郡主|王妃:f 王妃|驸马:m 驸马|相爷:m 宰相 丞相 相国 首辅 相爷 相|侯爷:m 侯|国公爷:m 国公|将军 将军 统帅 元帅 大将|公公:m 太监 内侍 总管 公公|嬷嬷:f 嬷嬷 乳母 乳娘|掌柜 掌柜 老板|掌柜的 掌柜 老板|大人|老爷:m 老爷 家主 员外|老太爷:m 老太爷 祖父 爷爷|老爷子:m 爷爷 老爷 祖父 老爷子|夫人:f 夫人 妻 主母 母亲|老夫人:f 老夫人 老太太 祖母 奶奶|老太太:f 老太太 老夫人 奶奶 祖母|老太君:f 老太君 老夫人 祖母|太太:f 太太 夫人 妻|少夫人:f 少夫人 少奶奶 妻|少奶奶:f 少奶奶 少夫人 妻|少爷:m 少爷 公子 之子 儿子 继承人 独子 长子 次子 幼子 嫡子 庶子|大少爷:m 少爷 长子|二少爷:m 少爷 次子|公子:m 公子 少爷|小姐:f 小姐 千金 女儿 嫡女 庶女|大小姐:f 小姐 千金 女儿 长女 嫡女|二小姐:f 小姐 次女 女儿|姑娘:f|老板 老板 总裁 总经理 东家 店主 掌柜|老板娘:f 老板娘 店主 老板|老大 老大 头目 首领|总裁 总裁 CEO 总经理|董事长 董事长 董事会主席|主席 主席 董事长|总经理 总经理 总裁|经理 经理|队长 队长|局长 局长|院长 院长|校长 校长|处座 处长|局座 局长|师座 师长|军座 军长|团座 团长|旅座 旅长|支书 支书|主任 主任|医生 医生 大夫 主治|大夫 医生 大夫 郎中|律师 律师|警官 警察 警官 刑警|老师 老师 教师 班主任|教授 教授|导演 导演|师父 师父 师傅 掌门|师傅 师傅 师父|师尊 师尊 师父 掌门 仙尊|掌门 掌门|帝君 帝君|仙尊 仙尊|仙君 仙君|魔尊 魔尊|魔君 魔君|上神 上神|教主 教主|盟主 盟主|宗主 宗主|尊上 尊 帝君|道长 道长 道士|方丈:m 方丈|管家 管家|丫头:f|老丈:m|先生:m|女士:f|统领 统领|少卿 少卿|少卿大人 少卿|知县大人 知县|县太爷:m 知县 县令|尚书大人 尚书|将军大人 将军|老东西|老头子:m'
    .split('|')
    .map((entry) => {
      const [word = '', ...fits] = entry.split(' ');
      const [title = '', sex] = word.split(':');
      return [title, { ...(sex ? { gender: sex === 'm' ? 'male' : 'female' } : {}), fits }];
    }),
);

const ranks: ReadonlySet<string> = new Set(
  '郡主 公主 长公主 大公主 王妃 侧妃 太子妃 世子妃 皇后 贵妃 淑妃 德妃 贤妃 妃 嫔 贵人 才人 昭仪 婕妤 美人 常在 答应 皇贵妃 太妃 太后 女官 宫女 女王 女皇 女帝 驸马 世子 皇子 太子 王爷 侯爷 国公 小侯爷 王 亲王 郡王 侯 伯爷 掌门 太监 内侍 师娘 师母 师父 师公'.split(
    ' ',
  ),
);
/** Titles of business, given to the owner's face whatever his card says. */
export const statusTitles: ReadonlySet<string> = new Set(['总', '老总', '总裁', '少', '董', '老板']);

/** Courtesy that anybody of the surname may be given, unlike an office or a rank. */
export function isCourtesy(title: string): boolean {
  return (
    statusTitles.has(title) ||
    ['先生', '师傅', '老师', '大人', '师叔', '师伯', '同志', '道友', '爱卿'].includes(title) ||
    (titles.get(title)?.gender !== undefined && !ranks.has(title))
  );
}

/** Titles a woman bears with her husband's surname. */
export const wifeTitles: ReadonlySet<string> = new Set(
  '夫人 太太 少夫人 少奶奶 大奶奶 二奶奶 老夫人 老太太 老太君 大夫人 二夫人 伯母'.split(' '),
);

/** Occupations: many people have one, so the word alone does not say which. */
export const professions: ReadonlySet<string> = new Set(
  '医生 大夫 律师 老师 教授 导演 师父 师傅 经理 老板 老板娘 局长 院长 校长 主任 队长 警官 管家 护士 秘书 助理 司机 保镖 保安 记者 警察 侍卫 护卫 丫鬟 宫女 太监 伙计 店员'.split(
    ' ',
  ),
);

/** Titles that name somebody only where they are called out; elsewhere they tell an office. */
export const calledTitles: readonly string[] = [
  ...professions,
  ...'夫人 太太 小姐 公子 少爷 将军 公主 掌柜 道长 主席 班长 学委 课代表 体委 组长 店长 部长 处长 科长 所长 站长 社长 会长 书记 村长 厂长 团长 连长 排长 司令 政委'.split(
    ' ',
  ),
];

/** Titles of one office: a person known under one may be called by another. */
export const sameOffice: readonly (readonly string[])[] = [
  ['皇帝', '陛下', '皇上', '圣上', '万岁', '万岁爷', '父皇', '官家', '天子'],
  ['皇后', '皇后娘娘', '母后'],
  ['太后', '太后娘娘', '母后皇太后'],
  ['太子', '太子殿下'],
  ['王爷', '王爷殿下'],
  ['宰相', '丞相', '相爷', '相国'],
  ['老夫人', '老太太', '老太君'],
  ['董事长', '老董事长'],
  ['少夫人', '少奶奶'],
];
