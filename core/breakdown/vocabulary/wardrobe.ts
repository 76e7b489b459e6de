// Clothing: what is worn, and the words that say that somebody wears it.

/** Verbs that put a look on somebody: 一身绯色官袍, 换上青衫, 身着白衣, 披着斗篷. */
export const wearVerbs: readonly string[] =
  '一身 一袭 身着 身穿 穿着 穿上 换上 换了 换回 套上 披着 披上 裹着 裹上 戴着 戴上 头戴 脚踩 脚蹬 脚穿 系着 围着 一件 身披 身上是 只穿 着 外罩 内穿 打扮成'.split(
    ' ',
  );

/** Garments: heads of a look. */
export const garments: readonly string[] =
  '官袍 长袍 锦袍 道袍 龙袍 蟒袍 凤袍 战袍 僧袍 浴袍 长衫 青衫 短褐 短打 布衣 素衣 白衣 黑衣 红衣 青衣 血衣 囚衣 嫁衣 寿衣 睡衣 毛衣 风衣 大衣 外衣 雨衣 卫衣 皮衣 羽绒服 校服 制服 警服 军装 西装 西服 礼服 晚礼服 婚纱 旗袍 工装 工服 护士服 病号服 白大褂 孝服 丧服 朝服 宫装 女装 男装 戎装 便装 夜行衣 铠甲 盔甲 软甲 斗篷 披风 斗笠 大氅 狐裘 厚裘 貂裘 马甲 背心 衬衫 衬衣 T恤 短袖 夹克 外套 牛仔裤 长裤 短裤 短裙 长裙 连衣裙 纱裙 罗裙 红裙 白裙 襦裙 裙子 高跟鞋 皮鞋 布鞋 运动鞋 靴子 长靴 围裙 围巾 帽子 礼帽 草帽 鸭舌帽 口罩 墨镜 眼镜 面纱 面具 头巾 盖头 披麻戴孝 珠翠 凤冠霞帔 霞帔 打扮 装束 行头 衣 袍 衫 裙 裤 袄 褂 裘 甲 装 服 纱 靴 鞋 帽'
    .split(' ')
    .sort((a, b) => b.length - a.length);
