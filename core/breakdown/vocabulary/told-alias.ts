// How scripts tell that two names are one person.

/** Behind a name in a biography: the word that announces another form. Group 1 of the pattern built from it is the form. */
export const aliasWords: readonly string[] =
  '真实身份是 真实身份为 真实身份 真正身份是 真正身份 实际身份是 实为 实则是 实则为 实际是 其实是 本名叫 本名 原名叫 原名 真名叫 真名 真实姓名 曾用名 现用名 后用名 现名 用名 改名为 改名叫 改名 更名为 更名 曾叫 原叫 别称 化名为 化名 假名 别名 又名 又称 亦称 也叫 又叫 也称 人称 江湖人称 江湖上人称 外号 绰号 诨号 诨名 诨号 闺名叫 闺名 小名叫 小名 乳名叫 乳名 昵称 爱称 小字 表字 英文名叫 英文名字 英文名 艺名 笔名 网名 花名 代号 法号 道号 法名 封号 尊号 谥号 号称 尊称 敬称 俗称 大名叫 大名 学名 全名 名唤 名叫 唤作 叫做 称作 称为 被称为 被唤作 大家叫她 大家叫他 都叫她 都叫他 背后叫她 背后叫他 私下叫她 私下叫他 封为 受封 封 曾是 曾任 原是 自称 前身是 即 就是 正是 也就是 伪装成 假扮成 女扮男装化名'
    .split(' ')
    .sort((a, b) => b.length - a.length);

/** Weak ones among them: what follows must look like a name or a known form. */
export const weakAliasWords: ReadonlySet<string> = new Set(
  '自称 即 就是 正是 封 曾是 曾任 原是 实际是 其实是 称为 号称 前身是'.split(' '),
);

/** What only the person of a biography does with a name, whoever else the clause speaks of: 为救妹妹化名林棠. */
export const ownDeeds = /^(?:真实|真正|实际|化名|假名|改名|更名|伪装|假扮|用名|现用名|后用名|现名)/;

/** Words for what somebody is simply called; a person with a biography has said that already. */
export const plainNaming: ReadonlySet<string> = new Set('名唤 名叫 唤作 叫做'.split(' '));

/** The same, and words for a name used at home. */
export const familiarNaming: ReadonlySet<string> = new Set([
  ...plainNaming,
  ...'小名叫 小名 乳名叫 乳名 昵称 爱称 大名叫 大名 学名 全名 英文名叫 英文名字 英文名 即 就是 正是'.split(' '),
]);

/** In an action line, between two known forms: 谢灯儿化名谢十七. */
export const narratedAlias =
  /^(?:（[^）]*）)?(?:，)?(?:已)?(?:女扮男装|乔装)?(?:，)?(?:化名为?|真名叫?|本名叫?|原名叫?|又名|人称|假扮成?|伪装成|乔装成|扮成|扮作|装扮成|就是|正是|即是|其实是|其实就是|原来是|也就是|的真实身份是|的真实身份正是|的真名是|的本名是)/;

/** In dialogue, between two known forms: 灯主，就是李玄策. */
export const spokenAlias =
  /^[，,、]?(?:就是|正是|原来是|其实是|其实就是|才是|便是|即是|不就是|的真名是|的真实身份是|真名叫|本名叫|以前叫|从前叫|现在叫|如今叫|改名叫)[，,]?/;

/** Before the speaker's own name: 我是李昭宁, 罪臣谢长风, 在下沈青. */
export const selfNaming =
  /(?:我[^，。！？]{0,8}(?:小名|乳名|本名|真名|原名)[，,]?(?:叫|是)?…*|(?:妾身|小女子|奴家|小生|老身)[^。！？]{0,10}(?:小字|表字|小名|乳名|闺名)(?:叫|是)?|(?:奴婢|奴才|奴家|婢子|民女|小女子|妾身|小的|小人|草民)名?叫|我是|我就是|我叫|我名叫|我本名叫?|我真名叫?|我的名字叫|我的名字是|我的真名叫?|我的真名是|我的本名是|叫我|喊我|称我|唤我|我乃|吾乃|某乃|老身|小生|自家是?|本人|在下|罪臣|微臣|老臣|末将|草民|民女|小女子|小人|属下|晚辈|贫道|贫僧|老夫|老朽|妾身|奴家|自家|臣妾|奴婢|奴才|儿臣|学生|弟子|鄙人|卑职|下官)$/;

/** Of the listener alone: not 死者姓名, 你家老爷贵姓, 你是谁派来的, Who are you calling. */
const askingWho =
  /(?:^|[^\p{Script=Han}])(?:[那喂哎]|请问|敢问|所以)?(?:[你您](?:到底|究竟|又)?(?:是(?:谁|什么人|何人|哪位|哪个)|叫什么(?:名字)?)|[你您]是(?=[…—])|(?:[你您]|阁下|姑娘|公子|先生|小姐|兄台)?(?:叫什么名字|贵姓|尊姓大名|高姓大名|怎么称呼|如何称呼|姓名)|报上名来|来者何人|阁下是谁?)[啊呀呢]?[？?！!…—]*$|\bwho(?:['’]s there| are you)(?:,? (?:exactly|really|then|anyway|sir|miss))?\?\s*$|(?:\bwhat(?:['’]s| is) your|^(?:your)?) ?(?:full |first |last |real )?name(?:, please)?\?\s*$/iu;

/** The line ends by asking the listener's name: 你是谁？ 贵姓？ Name? */
export const asksWho = (text: string): boolean => askingWho.test(text.trim());

/** The same in English: My name is Wren, everybody calls me Fish; not Nobody calls me Fish, nor He said, my name is Wolf. */
export const englishSelfNaming =
  /(?:(?<!\bsa(?:y|ys|id)[,:]? ["'“‘]?)\b[Mm]y name(?:['’]s| is)|\b(?:[Ee]very(?:one|body)|[Pp]eople|[Tt]hey|[Ff]riends) calls? me|(?<!\b(?:not|never|to|\w+n['’]t) )\b[Cc]all me)\s+$/;

/** Behind the second of two names that a copula joins: somebody else, who has to do with the one named. 甲就是乙的化名 is no such. */
export const belongsTo = /^[”"」』]?的(?!化名|假名|真名|本名|原名|艺名|笔名|网名|真身|化身|另一个名字)/;

/** Before the listener's name: 您是宁安公主, 你就是苏晚. */
export const otherNaming =
  /(?:(?:果然|原来|真的|竟然|居然|就|真)是你[，,…！!]*|你是|您是|你就是|您就是|你才是|你叫|您叫|原来你是|原来您是|你其实是)$/;
