// Words about places: rooms, ruins, residences, and how a new name is told.

/** States behind a place's name that leave the place itself (not a part of it). */
export const placeStateOnly = /(?:的)?(?:废墟|遗址|旧址|原址|残垣|残骸|焦土|火场)$/;

/** Residence words of one family's home: 陆家, 陆宅, 陆家老宅, 陆家别墅 may be one house. */
export const residences: readonly string[] =
  '老宅 大宅 别墅 豪宅 公馆 庄园 府邸 府上 大院 祖宅 宅邸 宅子 宅院 宅 府 家中 家里 家'
    .split(' ')
    .sort((a, b) => b.length - a.length);

/** Rooms and parts: what stands behind the place they lie in. */
export const rooms: readonly string[] =
  '客厅 大厅 正厅 花厅 偏厅 前厅 餐厅 厨房 灶房 卧室 主卧 次卧 卧房 闺房 书房 婴儿房 儿童房 房间 客房 厢房 西厢 东厢 正房 柴房 浴室 卫生间 洗手间 阳台 露台 天台 屋顶 楼顶 楼梯 楼梯间 楼道 走廊 过道 长廊 回廊 廊下 玄关 门口 门前 门外 大门 大门口 后门 后院 前院 内院 院子 院中 庭院 花园 后花园 车库 地下车库 停车场 地下室 地窖 密室 密道 暗室 办公室 总裁办公室 总裁办 会议室 前台 大堂 电梯 电梯间 茶水间 休息室 化妆间 病房 手术室 手术室外 急诊室 急诊 太平间 护士站 诊室 包厢 包间 雅间 后台 舞台 宴会厅 牢房 审讯室 正堂 殓房 卷宗库 偏殿 正殿 大殿 寝殿 后殿 内殿 殿内 殿外 御花园 城楼 城门 城墙 街口 巷口 桥头 岸边 码头 渡口 池畔 湖边 河边 山顶 山脚 洞口 洞内 教室 操场 宿舍 食堂 图书馆 实验室 仓库 车内 车上 车里 舱内 帐内 营帐 主帐 祠堂 佛堂 灵堂 账房 库房 铺面 内堂 后堂 前堂 工作室 展厅 店内 店外 外 内 里'
    .split(' ')
    .sort((a, b) => b.length - a.length);

/** What tells a new name of a place. Groups: the new name. */
export const renames: readonly RegExp[] = [
  /(?:更名|改名|易名|重新命名|更名为|改名为)(?:为|叫|作|成)?[“"「『《]?([^“”"「」『』《》，。！？、；：\s]{2,12})[”"」』》]?/,
  /(?:改作|改成|改为|变成|挂牌)[“"「『《]?([^“”"「」『』《》，。！？、；：\s]{2,12})[”"」』》]?/,
  /(?:新招牌|新匾|匾额|招牌|牌匾)[^“"「『]{0,8}[“"「『]([^“”"「」『』]{2,12})[”"」』]/,
];

/** A place said to be an earlier one: 昔日的蕙兰殿, 原盛和医院, 曾经的. Group: the old name. */
export const formerly: readonly RegExp[] = [
  /(?:昔日的?|从前的|曾经的|原来的|旧日的?|当年的)([^，。！？、；：\s“”的]{2,10})/,
];
