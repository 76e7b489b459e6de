// A season of two short episodes: something to extract in each, one doubt about who is who, a few shots.
export const season = `《灯塔》

第1集 雾

1-1 夜 内 灯塔
人物：谢灯儿、老周
△谢灯儿推开窗，海风灌进来，铜灯在桌上晃。
谢灯儿：周叔，第一盏灯还亮着。
老周：那就再等一夜，等那条船回来。
△老周把铜灯往里挪了挪。
谢灯儿：要是它今晚也不回来呢？
老周：那就明晚接着等。
△海雾漫过礁石，谢灯儿把窗关上。

第2集 船

2-1 日 外 码头
人物：谢灯儿、周守义
△周守义拄着拐杖站在码头尽头，手里提着铜灯。
谢灯儿：船来了，是灰的。
周守义：别过去，先看旗。
△谢灯儿跑下石阶，差点滑倒。
谢灯儿：旗上什么也没有。
周守义：那就是他的船。
△灰船撞上木桩，无人下来。
`;

/** People of it by the names the grammar reads. */
export const people = { 1: ['谢灯儿', '老周'], 2: ['谢灯儿', '周守义'] } as const;

/** Words that stand nowhere in it; an answer is spoiled with them. */
export const foreignWords = {
  person: '火星船长',
  language: 'The captain speaks in the scene',
  quote: '天上掉下一只会说话的鲸鱼',
} as const;
