// People of a picture whom nobody names: 数十名弟子, two guards, and hands and feet seen alone.

/** Words for people without a name. */
export const folk =
  /(?<!无一|没有|无|没|机器)人|(?<![我你他她它咱])们|(?<!观)众|百姓|弟子|士兵|官兵|侍卫|守卫|警察|匪|贼|宾客|群臣|孩子|男子|女子|少年|少女|身影|(?:服务[员生]|店[员主]|司机|记者|医生|护士|保安|保镖|学生|老师|员工|同事|乘客|观众)(?![证站室服帽亭席办通台])|手下|打手|侍女|丫鬟|太监|家丁|衙役|差役|小孩|老[头太汉妇]|大[爷妈婶叔]|\b(?:men|man|wom[ae]n|people|crowds?|guests?|soldiers?|guards?|cops?|police(?:men|man)?|kids?|child(?:ren)?|boys?|girls?|figures?|silhouettes?|bod(?:y|ies)|passengers?|students?|workers?|dancers?|bystanders?|onlookers|truckers?|drivers?|farmers?|villagers|locals|waiters?|waitress(?:es)?|customers?|patrons|diners|commuters|shoppers?|tourists?|travel+ers?|protesters?|mourners?|reporters?|journalists?|photographers?|paparazzi|nurses?|doctors?|lawyers?|officers?|agents|sailors?|prisoners?|inmates?|strangers?|pedestrians?|couples?(?! of)|famil(?:y|ies)|teenagers?|neighbou?rs?|servants?|maids?|thugs?|gangsters?|bandits?|riders?|horsemen|hunters?|hikers?|teachers?|players?|(?<!ceiling )fans|audience|everyone|everybody|nobody|somebody|someone)\b|^(?:One|Another|The (?:first|second|third|other|others|two|three|rest))\s+(?:of them\s+)?[a-z]+(?:s|ed)\b/iu;

/** Many of them. */
export const many =
  /[数几两二三四五六七八九十百千万]+[十百千万]?(?:余|多)?(?:名|个|位|队|群)|[一大成]群|一[队众]|众[人弟将官臣]|百姓|(?<![我你他她它咱])们|\b(?:crowds?|soldiers|guards|men|people|officers|students|reporters|guests|villagers)\b/i;

/** Words for pictures of people. Alternatives of a pattern. */
export const portraits = {
  zh: '照片|合影|合照|相片|画像|遗像|遗照|全家福',
  en: '(?:photo(?:graph)?|picture|portrait|snapshot|painting|poster)s? of',
} as const;

/** Pictures of people: who is in them is not in the frame. */
export const portrait = new RegExp(`${portraits.zh}|\\b${portraits.en}\\b`, 'i');

/** Hands, feet and faces seen alone. */
export const limbs =
  /[小食拇中]指|手指|指尖|双手|脸(?![盆谱色])|眼睛|双眼|眼眸|[只的]手(?![机电表枪术镯铐册帕雷])|掌心|双脚|脚步|\b(?:fingers?|hands?|feet|foot|faces?|(?:pair of )?eyes)\b/i;
