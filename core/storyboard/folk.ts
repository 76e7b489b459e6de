// People of a picture whom nobody names: 数十名弟子, two guards, and hands and feet seen alone.

/** Words for people without a name. */
export const folk =
  /(?<!无一|没有|无|没|机器)人|(?<![我你他她它咱])们|众|百姓|弟子|士兵|官兵|侍卫|守卫|警察|匪|贼|宾客|群臣|孩子|男子|女子|少年|少女|身影|\b(?:men|man|wom[ae]n|people|crowds?|guests?|soldiers?|guards?|cops?|police(?:men|man)?|kids?|child(?:ren)?|boys?|girls?|figures?|silhouettes?|bod(?:y|ies)|passengers?|students?|workers?|dancers?|bystanders?|onlookers)\b/iu;

/** Many of them. */
export const many =
  /[数几两二三四五六七八九十百千万]+[十百千万]?(?:余|多)?(?:名|个|位|队|群)|[一大成]群|一[队众]|众[人弟将官臣]|百姓|(?<![我你他她它咱])们|\b(?:crowds?|soldiers|guards|men|people|officers|students|reporters|guests|villagers)\b/i;

/** Hands, feet and faces seen alone. */
export const limbs =
  /[小食拇中]指|手指|指尖|双手|脸(?![盆谱色])|[只的]手(?![机电表枪术镯铐册帕雷])|掌心|双脚|脚步|\b(?:fingers?|hands?|feet|foot|faces?)\b/i;
