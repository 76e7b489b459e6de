// How people look, said in English: common words of hair, build and clothes. What is not known word for word stays as the script writes it.

/** Chinese and English in turn. */
const pairs = (words: string): ReadonlyMap<string, string> =>
  new Map(
    words.split('|').map((pair) => {
      const blank = pair.indexOf(' ');
      return [pair.slice(0, blank), pair.slice(blank + 1)];
    }),
  );

/** What a garment or hair is like. */
const kinds = pairs(
  '黑色 black|黑 black|白色 white|白 white|红色 red|红 red|大红 bright red|暗红 dark red|酒红 wine-red|绯色 crimson|灰色 grey|灰 grey|深灰 dark grey|蓝色 blue|蓝 blue|深蓝 dark blue|浅蓝 light blue|藏青 navy|藏蓝 navy|靛蓝 indigo|青色 cyan|青 cyan|绿色 green|绿 green|墨绿 dark green|军绿 army green|黄色 yellow|黄 yellow|紫色 purple|紫 purple|粉色 pink|粉 pink|粉红 pink|棕色 brown|棕 brown|褐色 brown|米色 beige|米白 off-white|卡其色 khaki|驼色 camel|金色 golden|金 golden|银色 silver|银 silver|素色 plain|素 plain|铜 bronze|花白 greying|斑白 greying|旧 old|破旧 shabby|破 torn|新 new|短 short|长 long|丝绸 silk|真丝 silk|棉布 cotton|布 cloth|皮 leather|牛仔 denim|碎花 floral|格子 checked|条纹 striped|黑框 black-rimmed|金丝 gold-rimmed|金边 gold-rimmed|无框 rimless|高领 high-necked|修身 fitted|宽松 loose|朴素 plain|华贵 sumptuous|定制 tailored|厚 thick',
);

/** What is seen of somebody. */
const things = pairs(
  '短发 short hair|头发 hair|两个马尾辫 pigtails|长发 long hair|卷发 curly hair|直发 straight hair|白发 white hair|黑发 black hair|银发 silver hair|金发 blond hair|红发 red hair|披肩发 shoulder-length hair|寸头 buzz cut|平头 crew cut|光头 bald head|秃头 bald head|马尾 ponytail|马尾辫 ponytail|双马尾 pigtails|丸子头 hair in a bun|麻花辫 braid|胡子 beard|络腮胡 full beard|山羊胡 goatee|胡茬 stubble|西装 suit|西服 suit|风衣 trench coat|大衣 overcoat|外套 coat|夹克 jacket|皮夹克 leather jacket|皮衣 leather jacket|羽绒服 down jacket|毛衣 sweater|卫衣 hoodie|衬衫 shirt|衬衣 shirt|T恤 T-shirt|背心 vest|马甲 waistcoat|旗袍 qipao|连衣裙 dress|长裙 long dress|短裙 short skirt|裙子 dress|婚纱 wedding dress|嫁衣 wedding dress|礼服 formal dress|晚礼服 evening gown|校服 school uniform|制服 uniform|警服 police uniform|军装 military uniform|工装 work clothes|护士服 nurse uniform|白大褂 white coat|病号服 hospital gown|睡衣 pyjamas|浴袍 bathrobe|围裙 apron|围巾 scarf|披风 cloak|斗篷 cloak|长袍 long robe|长衫 long gown|官袍 official robe|龙袍 dragon robe|锦袍 brocade robe|道袍 Taoist robe|铠甲 armour|盔甲 armour|短褐 short coarse tunic|囚衣 prison clothes|丧服 mourning clothes|衣服 clothes|衣 clothes|青衫 blue gown|女装 women’s clothes|男装 men’s clothes|裘 fur coat|裤子 trousers|长裤 trousers|牛仔裤 jeans|短裤 shorts|运动服 tracksuit|运动鞋 sports shoes|高跟鞋 high heels|皮鞋 leather shoes|布鞋 cloth shoes|靴子 boots|帽子 hat|鸭舌帽 peaked cap|草帽 straw hat|礼帽 hat|口罩 face mask|面具 mask|面纱 veil|眼镜 glasses|墨镜 sunglasses|手套 gloves|领带 tie|身材高大 tall build|高大 tall|身材瘦小 small and thin|瘦小 small and thin|瘦削 thin|清瘦 thin|消瘦 gaunt|微胖 slightly plump|肥胖 fat|魁梧 burly|身材魁梧 burly|身材苗条 slim build|身材娇小 petite|娇小 petite|矮小 short|剑眉 sword-shaped eyebrows|浓眉 thick eyebrows|单眼皮 single eyelids|双眼皮 double eyelids|瓜子脸 oval face|圆脸 round face|国字脸 square face|娃娃脸 baby face|皮肤白皙 fair skin|皮肤黝黑 dark skin|黝黑 dark-skinned|英俊 handsome|俊朗 handsome|清秀 delicate-featured',
);

/** Words that only say that it is worn. */
const worn = /^(?:一身|一袭|一件|一副|一头|身穿|身着|穿着|戴着|头戴|扎着|梳着|留着|系着|披着|穿|戴|扎|梳|留|系)/;

/** A clause word for word, the longest first; undefined where some of it is not known. */
function said(clause: string): string | undefined {
  for (const bare of new Set([clause, clause.replace(worn, '')])) {
    for (let at = 0; at < bare.length; at++) {
      const [kind, thing] = [kindsIn(bare.slice(0, at)), things.get(bare.slice(at))];
      if (kind && thing) return [...kind, thing].join(' ');
    }
  }
  return undefined;
}

function kindsIn(words: string): string[] | undefined {
  if (words === '') return [];
  for (let length = Math.min(4, words.length); length > 0; length--) {
    const kind = kinds.get(words.slice(0, length));
    if (!kind) continue;
    // the longest alone: both 红色 and 红 at every step would double the work with each
    const rest = kindsIn(words.slice(length).replace(/^[的色]/, ''));
    return rest && [kind, ...rest];
  }
  return undefined;
}

/** A look in English, clause by clause: 黑色短发，左腕有疤 → black short hair, 左腕有疤. */
export function lookInEnglish(look: string): string {
  if (!/\p{Script=Han}/u.test(look)) return look;
  return look
    .split(/[，,、；;]\s*/)
    .map((clause) =>
      /^\d{1,3}岁$/.test(clause) ? `${clause.slice(0, -1)} years old` : (said(clause.trim()) ?? clause),
    )
    .join(', ');
}
