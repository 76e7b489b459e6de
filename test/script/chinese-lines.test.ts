// Lines of a Chinese scene in every shape seen: who speaks, how it is heard, what is action, caption, sound, mark.
import { describe, expect, it } from 'vitest';
import { parseText } from '../../core/script/index.ts';
import { outline } from './outline.ts';

/** What is read of some lines in a scene with 甲, 乙, 苏晓 on the cast line. */
const inScene = (text: string) => outline(parseText(`第1集\n1-1 日 内 客厅\n人物：甲、乙、苏晓\n${text}\n`)).slice(2);

describe('a line of dialogue', () => {
  it.each([
    ['甲：走吧。', '甲 走吧。'],
    ['甲:走吧。', '甲 走吧。'],
    ['甲 ：走吧。', '甲 走吧。'],
    ['甲（冷笑）：走吧。', '甲(冷笑) 走吧。'],
    ['甲：（冷笑）走吧。', '甲(冷笑) 走吧。'],
    ['甲（冷笑：走吧。', '甲(冷笑) 走吧。'],
    ['（冷笑）甲：走吧。', '甲(冷笑) 走吧。'],
    ['冷笑（甲）：走吧。', '甲(冷笑) 走吧。'],
    ['**甲**（冷笑）：走吧。', '甲(冷笑) 走吧。'],
    ['**甲：** 走吧。', '甲 走吧。'],
    ['甲(冷笑,转身):走吧。', '甲(冷笑,转身) 走吧。'],
    ['甲：“走吧。”', '甲 “走吧。”'],
    ['甲：他说：“走吧。”', '甲 他说：“走吧。”'],
    ['甲：你…（停顿）…走吧。', '甲 你…（停顿）…走吧。'],
    ['甲：\n走吧。', '甲 走吧。'],
    ['甲\n走吧。', '甲 走吧。'],
    ['甲（冷笑）\n走吧。', '甲(冷笑) 走吧。'],
    ['甲\n（冷笑）\n走吧。', '甲(冷笑) 走吧。'],
    ['**丙**\n“走吧。”', '丙 “走吧。”'],
    ['甲冷笑道：“走吧。”', '甲(冷笑) “走吧。”'],
    ['台词：甲：走吧。', '甲 走吧。'],
    ['甲、乙（齐声）：走！', '甲+乙(齐声) 走！'],
    ['甲/乙：走！', '甲+乙 走！'],
    ['甲\\乙：走！', '甲+乙 走！'],
    ['甲；乙：走！', '甲+乙 走！'],
    ['甲；苏晓：（齐声）走！', '甲+苏晓(齐声) 走！'],
    ['苏晓哼唱：走', '苏晓(哼唱) 走'],
    ['甲 乙：走！', '甲+乙 走！'],
    ['众人齐声：走！', '众人(齐声) 走！'],
    ['甲、乙异口同声：走！', '甲+乙(异口同声) 走！'],
    ['甲：👨‍👩‍👧 好。', '甲 👨‍👩‍👧 好。'],
    ['甲和苏晓：走！', '甲+苏晓 走！'],
    ['众人：走！', '众人 走！'],
    ['众：走！', '众 走！'],
    ['Carlos：走！', 'Carlos 走！'],
    ['Gustavo（笑）：走！', 'Gustavo(笑) 走！'],
    ['甲OS：走！', '甲/OS 走！'],
    ['甲-OS：走！', '甲/OS 走！'],
    ['甲—画外音：走！', '甲/VO 走！'],
    ['Carlos OS：走！', 'Carlos/OS 走！'],
    ['保镖AOS：走！', '保镖A/OS 走！'],
    ['黑衣人甲：走！', '黑衣人甲 走！'],
    ['甲：：走！', '甲 走！'],
    ['甲；走！', '甲 走！'],
    ['苏晓（冷笑）；走！', '苏晓(冷笑) 走！'],
    ['苏晓对甲：走！', '苏晓(对甲) 走！'],
    ['苏晓看着镜子：走！', '苏晓(看着镜子) 走！'],
    ['1. 苏晓：走！', '苏晓 走！'],
    ['VO苏晓：走！', '苏晓/VO 走！'],
    ['画外音（苏晓）：走！', '苏晓/VO 走！'],
    ['电话（苏晓）：走！', '苏晓/PHONE(电话) 走！'],
    ['电话那头的苏晓：走！', '苏晓/PHONE(电话那头) 走！'],
    ['保镖甲乙：走！', '保镖甲+保镖乙 走！'],
    ['保镖甲/乙：走！', '保镖甲+保镖乙 走！'],
    ['保镖甲和保镖乙：走！', '保镖甲+保镖乙 走！'],
    ['苏晓头也不抬，淡淡道：“走。”', '苏晓(头也不抬，淡淡) “走。”'],
    ['屋里很静。苏晓对甲说：“走。”', '苏晓(屋里很静。对甲) “走。”'],
  ])('%s', (line, expected) => {
    expect(inScene(line)).toEqual([expected]);
  });

  it.each([
    ['甲（OS）：糟了。', '甲/OS 糟了。'],
    ['甲（os）：糟了。', '甲/OS 糟了。'],
    ['甲【OS】：糟了。', '甲/OS 糟了。'],
    ['甲：【OS】糟了。', '甲/OS 糟了。'],
    ['甲OS：糟了。', '甲/OS 糟了。'],
    ['甲 OS：糟了。', '甲/OS 糟了。'],
    ['甲（OS，冷笑）：糟了。', '甲/OS(冷笑) 糟了。'],
    ['【甲OS：糟了。】', '甲/OS 糟了。'],
    ['甲（内心独白）：糟了。', '甲/OS 糟了。'],
    ['甲内心：糟了。', '甲/OS 糟了。'],
    ['甲：好。\nOS：糟了。', '甲/OS 糟了。'],
    ['甲：好。\n内心：糟了。', '甲/OS 糟了。'],
    ['甲：好。\n【OS】糟了。', '甲/OS 糟了。'],
    ['甲（VO）：那年。', '甲/VO 那年。'],
    ['甲（V.O.）：那年。', '甲/VO 那年。'],
    ['甲VO：那年。', '甲/VO 那年。'],
    ['甲（画外音）：那年。', '甲/VO 那年。'],
    ['画外音：那年。', '画外音/VO 那年。'],
    ['旁白：那年。', '旁白/VO 那年。'],
    ['【VO：那年。】', '旁白/VO 那年。'],
    ['【VO】那年。', '旁白/VO 那年。'],
    ['（VO）那年。', '旁白/VO 那年。'],
    ['甲（电话里）：喂？', '甲/PHONE(电话里) 喂？'],
    ['女声（广播传出）：各位。', '女声/PHONE(广播传出) 各位。'],
  ])('voice: %s', (line, expected) => {
    expect(inScene(line).at(-1)).toBe(expected);
  });

  it.each([
    '墙上写着：禁止入内。',
    '他只说了一句话：走。',
    '甲说完：转身就走。',
    '甲的信上写道：“我走了。”',
    '12：30，甲醒来。',
    '“快跑！”甲喊道。',
    '他看了第3集，没有说话。',
    'https://example.com/a',
  ])('is not: %s', (line) => {
    expect(inScene(line)).toEqual([`action ${line}`]);
  });

  it.each([
    ['苏晓心想：糟了。', '苏晓/OS 糟了。'],
    ['苏晓心里想：糟了。', '苏晓/OS 糟了。'],
    ['苏晓内心OS：糟了。', '苏晓/OS 糟了。'],
    ['苏晓心里OS：糟了。', '苏晓/OS 糟了。'],
    ['（苏晓心想：糟了。）', '苏晓/OS 糟了。'],
    ['台词：苏晓心想：糟了。', '苏晓/OS 糟了。'],
    ['老王心想：糟了。', '老王/OS 糟了。'],
    ['苏晓对着电话：喂。', '苏晓/PHONE(对着电话) 喂。'],
    ['苏晓自言自语：糟了。', '苏晓(自言自语) 糟了。'],
    ['苏晓低声：糟了。', '苏晓(低声) 糟了。'],
    ['苏晓冷笑：呵。', '苏晓(冷笑) 呵。'],
    ['苏晓怒道：滚。', '苏晓(怒) 滚。'],
    ['苏晓冷笑（转身）：呵。', '苏晓(转身；冷笑) 呵。'],
  ])('the manner glued to the name is no name: %s', (line, expected) => {
    expect(inScene(line)).toEqual([expected]);
  });

  it.each([
    ['苏晓晓：走。', '苏晓晓 走。'],
    ['苏晓助理：走。', '苏晓助理 走。'],
    ['苏晓妈妈：走。', '苏晓妈妈 走。'],
    ['苏晓笑：走。', '苏晓笑 走。'],
    ['甲怒：走。', '甲怒 走。'],
    ['小苏晓：走。', '小苏晓 走。'],
    ['苏晓晓冷笑：走。', '苏晓晓冷笑 走。'],
    ['苏晓晓心想：走。', '苏晓晓/OS 走。'],
    ['苏晓晓：来。\n苏晓晓冷笑：走。', '苏晓晓(冷笑) 走。'],
    ['苏晓冷：来。\n苏晓冷笑：走。', '苏晓冷笑 走。'],
    ['他心想：走。', 'action 他心想：走。'],
    ['（他内心：走。）', 'action 他内心：走。'],
  ])('a name that goes on is somebody else: %s', (line, expected) => {
    expect(inScene(line).at(-1)).toBe(expected);
  });

  it.each([
    ['【苏晓】：你来了。', '苏晓 你来了。'],
    ['【苏晓】（冷笑）：你来了。', '苏晓(冷笑) 你来了。'],
    ['【苏晓】：（哭）嗯。', '苏晓(哭) 嗯。'],
    ['苏晓（VO）我走了。', '苏晓/VO 我走了。'],
    ['【短信】苏晓：在吗？', '苏晓(短信) 在吗？'],
    ['苏晓（os）我走了。', '苏晓/OS 我走了。'],
    ['（苏晓OS：我要走。）', '苏晓/OS 我要走。'],
    ['（苏晓内心OS）我要走。', '苏晓/OS 我要走。'],
    ['【OS 苏晓】我要走。', '苏晓/OS 我要走。'],
    ['苏晓【内心OS】我要走。', '苏晓/OS 我要走。'],
    ['【系统】：你好。', '系统 你好。'],
    ['【系统提示音】：叮！', '系统提示音 叮！'],
    ['【系统提示音：叮！】', '系统提示音 叮！'],
    ['【系统提示：任务完成】', '系统提示 任务完成'],
    ['【系统】叮！恭喜宿主绑定系统。', '系统 叮！恭喜宿主绑定系统。'],
    ['【台词】苏晓：走。', '苏晓 走。'],
    ['【画外音】苏晓：走。', '苏晓/VO 走。'],
    ['（画外音：那年。）', '旁白/VO 那年。'],
    ['（苏晓画外音：我要走。）', '苏晓/VO 我要走。'],
  ])('the name in brackets, or the voice, on the line of the words: %s', (line, expected) => {
    expect(inScene(line)).toEqual([expected]);
  });

  it.each([
    ['【苏晓】她转身', 'action 【苏晓】她转身'],
    ['【系统】面板弹出，蓝光一闪', 'action 【系统】面板弹出，蓝光一闪'],
    ['（苏晓转身：走了）', 'action 苏晓转身：走了'],
    ['【场景描述】：屋里很暗。', 'action 屋里很暗。'],
    ['【她转身】离开。', 'action 【她转身】离开。'],
    ['苏晓（拿着手机）走进来。', 'action 苏晓（拿着手机）走进来。'],
    ['苏晓（冷笑）走进来。', 'action 苏晓（冷笑）走进来。'],
    ['苏晓（画外音）响起。', 'action 苏晓（画外音）响起。'],
    ['（苏晓：我要走。）', 'action 苏晓：我要走。'],
    ['苏晓（内心）波澜起伏，久久不能平静。', 'action 苏晓（内心）波澜起伏，久久不能平静。'],
    ['苏晓（独白）结束，她起身离开。', 'action 苏晓（独白）结束，她起身离开。'],
    ['苏晓（旁白）的声音渐渐远去。', 'action 苏晓（旁白）的声音渐渐远去。'],
    ['苏晓（VO）渐弱。', 'action 苏晓（VO）渐弱。'],
    ['苏晓（OS）的声音渐渐远去。', 'action 苏晓（OS）的声音渐渐远去。'],
    ['苏晓（VO）结束，她起身离开。', 'action 苏晓（VO）结束，她起身离开。'],
    ['（注意OS：后期加混响）', 'action 注意OS：后期加混响'],
    ['（备注VO：男声）', 'action 备注VO：男声'],
    ['（全程OS：男声，低沉）', 'action 全程OS：男声，低沉'],
    ['（此处VO：需后期补录）', 'action 此处VO：需后期补录'],
    ['（特效OS：无）', 'action 特效OS：无'],
    ['（观众心想：他骗我）', 'action 观众心想：他骗我'],
  ])('brackets without such a voice are stage business: %s', (line, expected) => {
    expect(inScene(line)).toEqual([expected]);
  });

  it.each(['﹕', '∶', '︰'])('a mark that looks like a colon is one: %s', (colon) => {
    const document = parseText(`第1集\n1-1 日 内 客厅\n人物${colon}甲、乙\n甲${colon}比分3∶1${colon}走。\n比分3∶1。\n`);
    expect(outline(document).slice(1)).toEqual([
      'S1-1 INT DAY 客厅 [甲 乙]',
      `甲 比分3∶1${colon}走。`,
      'action 比分3∶1。',
    ]);
  });

  it('goes on to the next name where names stand alone on their lines', () => {
    const text =
      '第1集\n场1 内景 客厅 日\n\n李明\n（生气）\n你怎么才来？\n我等了一天。\n\n王芳\n路上堵车。\n\n李明转身离开。\n\n王芳（V.O.）\n他总是这样。\n\n李明\n算了。\n';
    expect(outline(parseText(text)).slice(2)).toEqual([
      '李明(生气) 你怎么才来？\n我等了一天。',
      '王芳 路上堵车。',
      'action 李明转身离开。',
      '王芳/VO 他总是这样。',
      '李明 算了。',
    ]);
  });

  it('is nobody’s when the telling before the quoted words names two who may speak', () => {
    const read = (line: string) => outline(parseText(`第1集\n1-1 日 内 家\n人物：沈青、陆川\n${line}\n`)).at(-1);
    expect(read('沈青推开门，听见陆川低声说：“走。”')).toBe('action 沈青推开门，听见陆川低声说：“走。”');
    expect(read('沈青推开门，对陆川低声说：“走。”')).toBe('沈青(推开门，对陆川低声) “走。”');
  });

  describe('where names stand alone on their lines', () => {
    const talk = '\n李明\n来。\n王芳\n好。\n李明\n坐。\n王芳\n行。\n李明\n走。\n王芳\n嗯。\n';
    const last = (text: string) => outline(parseText(`第1集\n场1 内景 客厅 日\n${talk}${text}`)).slice(8);

    it('ends at what is done in brackets; a pause between words is of the speech', () => {
      expect(last('李明\n别走。\n（停顿）\n求你。\n（李明跪下，抓住她的手。）\n王芳\n晚了。\n（转身）\n')).toEqual([
        '李明 别走。\n（停顿）\n求你。',
        'action 李明跪下，抓住她的手。',
        '王芳 晚了。',
        'action 转身',
      ]);
    });

    it('hears those who speak once: above a manner, or called by what they are', () => {
      expect(last('护士\n谁是家属？\n孙翠\n（探头）\n桂芬！\n\n三年后\n李明推门进来。\n')).toEqual([
        '护士 谁是家属？',
        '孙翠(探头) 桂芬！',
        'action 三年后',
        'action 李明推门进来。',
      ]);
    });
  });
});

describe('a bracket in place of the colon', () => {
  it.each([
    ['苏晓（小声）你疯了？', '苏晓(小声) 你疯了？'],
    ['苏晓（递上合同）签了吧。', '苏晓(递上合同) 签了吧。'],
    ['苏晓（内心）我不能输。', '苏晓/OS 我不能输。'],
  ])('is one of speech where the words are said to somebody: %s', (line, expected) => {
    expect(inScene(line)).toEqual([expected]);
  });

  it.each([
    '苏晓（拿着手机）走进来，看着你。',
    '苏晓（我闺蜜）凑过来问我。',
    '苏晓（女主，25岁）你的邻居。',
    '路人（小声）你疯了？',
    '苏晓（拿起手机）屏幕上写着“我爱你”。',
    '苏晓（背对镜子）镜子里的自我让她害怕。',
    '苏晓（低头）两人你看我，我看你。',
  ])('is one of action where they tell what is done, who somebody is, or nobody known is named: %s', (line) => {
    expect(inScene(line)).toEqual([`action ${line}`]);
  });

  it('is one of speech throughout a script that is written so', () => {
    const lines = [
      '苏晓（小声）理由。',
      '周扬（瞪大眼睛）卧槽！',
      '苏晓（打电话）周扬，去买婚戒。',
      '△苏晓（笑）走进来。',
    ];
    expect(outline(parseText(`第1集\n1-1 日 内 客厅\n${lines.join('\n')}\n`)).slice(2)).toEqual([
      '苏晓(小声) 理由。',
      '周扬(瞪大眼睛) 卧槽！',
      '苏晓/PHONE(打电话) 周扬，去买婚戒。',
      'action 苏晓（笑）走进来。',
    ]);
  });
});

describe('two speeches without a line break between them', () => {
  it.each([
    '甲：走。乙：等等。',
    '甲：走。 / 乙：等等。',
    '甲：走！乙（冷笑）：等等。',
    '甲：走？ 乙OS：等等。',
    '台词：甲：走。乙：等等。',
  ])('are given to nobody and told as unread: %s', (line) => {
    expect(inScene(line)).toEqual([`action ${line} ?`]);
  });

  it.each([
    ['甲：我问你，乙：这字怎么读？', '甲 我问你，乙：这字怎么读？'],
    ['甲：听着。规矩：不许走。', '甲 听着。规矩：不许走。'],
    ['甲：走。甲：走啊！', '甲 走。甲：走啊！'],
  ])('are not any words before a colon: %s', (line, expected) => {
    expect(inScene(line)).toEqual([expected]);
  });
});

it('a person named 雨声 speaks without a cast line too', () => {
  expect(outline(parseText('第1集\n1-1 日 内 客厅\n顾雨声：走。\n雨声：哗哗\n')).slice(2)).toEqual([
    '顾雨声 走。',
    'sound 哗哗',
  ]);
});

it('below a name with a colon a speech goes on to the next empty line, in a script that is laid out so', () => {
  const talk = '甲：\n来。\n\n乙：\n好。\n坐。\n\n甲：\n（笑）\n谢谢。\n\n甲坐下。\n';
  expect(inScene(`\n${talk}`)).toEqual(['甲 来。', '乙 好。\n坐。', '甲(笑) 谢谢。', 'action 甲坐下。']);
  expect(inScene('甲：\n来。\n乙进门。\n乙：\n好。\n乙坐下。')).toContain('action 乙坐下。');
});

it('what somebody known does right below a speech is action where speeches go on; what may be said of them is speech', () => {
  const talk =
    '甲：\n来。\n甲坐下。\n\n苏晓：\n好。\n甲走过来。\n\n甲：\n苏晓，你看。\n乙走了。\n苏晓看着我呢。\n苏晓把门关上！\n';
  expect(inScene(`\n${talk}`)).toEqual([
    '甲 来。',
    'action 甲坐下。',
    '苏晓 好。',
    'action 甲走过来。',
    '甲 苏晓，你看。\n乙走了。\n苏晓看着我呢。\n苏晓把门关上！',
  ]);
});

it('what is told of somebody right below a speech is still said, and so is what a narrator tells or the system says', () => {
  const said = (name: string, ...words: string[]) =>
    inScene(`\n甲：\n来。\n\n苏晓：\n好。\n\n乙：\n嗯。\n\n${name}：\n${words.join('\n')}\n`).at(-1);
  expect(said('甲', '听着。', '苏晓在医院，情况很不好。', '苏晓从来不肯低头。', '乙说要来。')).toBe(
    '甲 听着。\n苏晓在医院，情况很不好。\n苏晓从来不肯低头。\n乙说要来。',
  );
  expect(said('甲', '不。', '甲这个名字不存在。')).toBe('甲 不。\n甲这个名字不存在。');
  expect(said('旁白', '那年冬天。', '苏晓走进这座城市。')).toBe('旁白/VO 那年冬天。\n苏晓走进这座城市。');
  expect(said('系统', '叮。', '系统将于三秒后关闭。')).toBe('系统 叮。\n系统将于三秒后关闭。');
});

describe('a line of anything else', () => {
  it.each([
    ['手机铃声：叮铃铃', 'sound 叮铃铃'],
    ['（敲门声）', 'sound 敲门声'],
    ['（插入弹幕：快跑！）', 'caption 快跑！'],
    ['插入弹幕：快跑！', 'caption 快跑！'],
    ['弹幕A：快跑！', 'caption 快跑！'],
    ['声音甲：站住！', '声音甲 站住！'],
    ['SEA：涨潮。', 'SEA 涨潮。'],
    ['（关门声）甲冲进来。', 'action （关门声）甲冲进来。'],
    ['【手机铃声】甲接起电话。', 'action 【手机铃声】甲接起电话。'],
    ['（插入字幕：三年后）', 'caption 三年后'],
    ['（字幕：三年后）', 'caption 三年后'],
    ['（钩子：甲死了）', 'note 钩子：甲死了'],
    ['【集尾钩子】甲死了', 'note 【集尾钩子】甲死了'],
    ['【反转】甲摘下面具', 'action 【反转】甲摘下面具'],
    ['【环境】窗外下着雨', 'action 【环境】窗外下着雨'],
    ['【任务】活下去', 'caption 活下去'],
    ['【道具】手机', 'note 【道具】手机'],
    ['台词：音效：雷声', 'sound 雷声'],
    ['［幕启：甲在柜台后打算盘。', 'action ［幕启：甲在柜台后打算盘。'],
    ['SLOGAN：刚刚好。', 'caption 刚刚好。'],
    ['【落版】品牌标志', 'caption 品牌标志'],
    ['品牌：青橙', 'note 品牌：青橙'],
    ['SE：雷声', 'sound 雷声'],
    ['特效：火焰', 'action 火焰'],
    ['开场：大雨', 'action 大雨'],
    ['场景描述：大雨', 'action 大雨'],
    ['主题曲：晚风', 'sound 晚风'],
    ['纸条：别回头', 'caption 别回头'],
    ['任务：活下去', 'caption 活下去'],
    ['空镜头：天空', 'shot 空镜头：天空'],
    ['天气：大雨', 'note 天气：大雨'],
    ['核心冲突：夫妻反目', 'note 核心冲突：夫妻反目'],
    ['重点道具：手机', 'note 重点道具：手机'],
    ['甲；乙；丙', 'action 甲；乙；丙'],
    ['【画面1】甲走来。', 'action 甲走来。'],
    ['【画面】甲走来。', 'action 甲走来。'],
    ['【剧情】', 'note 【剧情】'],
    ['【字幕】下一集：相认', 'caption 下一集：相认'],
    ['【音效】苏晓：啪', 'sound 苏晓：啪'],
    ['【字幕】苏晓：女，28岁', 'caption 苏晓：女，28岁'],
    ['等级：1', 'caption 等级：1'],
    ['技能：无', 'caption 技能：无'],
    ['★钩子：甲死了★', 'note ★钩子：甲死了★'],
    ['🔥 **卡点**：甲死了', 'note 卡点：甲死了'],
    ['画风：国漫', 'note 画风：国漫'],
    ['台词：无', 'note 台词：无'],
    ['音效：无', 'note 音效：无'],
    ['镜头01｜大远景｜5s', 'shot 镜头01｜大远景｜5s'],
    ['♪片尾曲：《长夜》', 'sound 片尾曲：《长夜》'],
    ['暴雨声：哗哗', 'sound 哗哗'],
    ['甲的手机屏幕显示：乙：我走了。', 'action 甲的手机屏幕显示：乙：我走了。'],
    ['△甲走来。', 'action 甲走来。'],
    ['△ 甲走来。', 'action 甲走来。'],
    ['△：甲走来。', 'action 甲走来。'],
    ['▲甲走来。', 'action 甲走来。'],
    ['※甲走来。', 'action 甲走来。'],
    ['■甲走来。', 'action 甲走来。'],
    ['▶甲走来。', 'action 甲走来。'],
    ['甲走来，坐下。', 'action 甲走来，坐下。'],
    ['（甲转身）', 'action 甲转身'],
    ['**画面**：甲走来。', 'action 甲走来。'],
    ['【画面：甲走来】', 'action 甲走来'],
    ['△【特写】甲的手。', 'shot 特写 甲的手。'],
    ['【特写】甲的手。', 'shot 特写 甲的手。'],
    ['【空镜】天空。', 'shot 空镜 天空。'],
    ['镜头1：全景，客厅。', 'shot 镜头1：全景，客厅。'],
    ['镜号：01 | 全景', 'shot 镜号：01 | 全景'],
    ['【字幕：三年后】', 'caption 三年后'],
    ['字幕：三年后', 'caption 三年后'],
    ['片尾字幕：待续', 'caption 待续'],
    ['预告字幕：下集更精彩', 'caption 下集更精彩'],
    ['【标签：甲，总裁】', 'caption 甲，总裁'],
    ['【手机短信：别回头】', 'caption 别回头'],
    ['【字幕】三年后', 'caption 三年后'],
    ['【字幕】：三年后', 'caption 三年后'],
    ['短信内容：快跑', 'caption 快跑'],
    ['微信消息：在吗', 'caption 在吗'],
    ['手机屏幕：来电显示苏晓', 'caption 来电显示苏晓'],
    ['报纸标题：破产', 'caption 破产'],
    ['♪：雷声', 'sound 雷声'],
    ['【音效】雷声', 'sound 雷声'],
    ['`音效：雷声`', 'sound 雷声'],
    ['音效：雷声', 'sound 雷声'],
    ['【音效：雷声】', 'sound 雷声'],
    ['【蒙太奇】', 'transition 蒙太奇'],
    ['蒙太奇结束', 'transition 蒙太奇结束'],
    ['场景切换：公司', 'transition 场景切换：公司'],
    ['切到：医院', 'transition 切到：医院'],
    ['【切到：医院】', 'transition 切到：医院'],
    ['【叠化】', 'transition 叠化'],
    ['【黑屏】', 'transition 黑屏'],
    ['黑屏。', 'transition 黑屏'],
    ['FADE OUT.', 'transition FADE OUT.'],
    ['钩子：甲死了', 'note 钩子：甲死了'],
    ['道具：刀、枪', 'note 道具：刀、枪'],
    ['时间：2024年', 'note 时间：2024年'],
    ['| 集 | 时长 |', 'note | 集 | 时长 |'],
  ])('%s', (line, expected) => {
    expect(inScene(line)).toEqual([expected]);
  });

  it.each([
    ['【闪回】', '【闪回结束】'],
    ['【闪回：三年前】', '【闪回结束】'],
    ['（闪回）', '（闪回结束）'],
    ['闪回：', '闪回结束'],
    ['【回忆开始】', '【回忆结束】'],
    ['【插叙】', '【插叙结束】'],
    ['△【闪回】', '△【闪回结束】'],
  ])('a flashback: %s … %s', (from, to) => {
    const kinds = inScene(`${from}\n△甲走。\n${to}`).map((line) => line.split(' ')[0]);
    expect(kinds).toEqual(['flashback_start', 'action', 'flashback_end']);
  });
});

it('a voice without a name belongs to the last person who spoke, whatever was seen or cut to in between', () => {
  expect(inScene('苏晓：来。\n短信内容：快跑\n切到：医院\nOS：走。').at(-1)).toBe('苏晓/OS 走。');
});

it('a voice without a name is neither the system’s nor that of who spoke last in a flashback that is over', () => {
  expect(inScene('苏晓：来。\n系统提示音：叮！\n（内心OS：走。）').at(-1)).toBe('苏晓/OS 走。');
  expect(inScene('苏晓：来。\n【闪回】\n乙：好。\n【闪回结束】\nOS：走。').at(-1)).toBe('苏晓/OS 走。');
  expect(inScene('苏晓：来。\n【闪回】\nOS：那年。').at(-1)).toBe('苏晓/OS 那年。');
});

it('the system is nobody a cast line must name', () => {
  const { warnings } = parseText('第1集\n1-1 日 内 客厅\n人物：甲\n系统：叮！\n系统提示：好。\n乙：来。\n');
  expect(warnings.filter(({ code }) => code === 'unknown_speaker').map(({ line }) => line)).toEqual([6]);
});

describe('a cast line', () => {
  const cast = (line: string) => outline(parseText(`第1集\n1-1 日 内 客厅\n${line}\n△走。\n`))[1];

  it.each([
    ['人物：甲、乙', '[甲 乙]'],
    ['人物：甲，苏晓、刘翠兰 沈国栋', '[甲 苏晓 刘翠兰 沈国栋]'],
    ['人物：甲、食客 数人', '[甲 食客 数人]'],
    ['人物：苏晓、保镖甲乙、路人甲、乙', '[苏晓 保镖甲 保镖乙 路人甲 路人乙]'],
    ['人物: 甲,乙', '[甲 乙]'],
    ['人物：甲，乙；丙', '[甲 乙 丙]'],
    ['人物：甲/乙', '[甲 乙]'],
    ['出场人物：甲 乙 丙', '[甲 乙 丙]'],
    ['**人物**：甲、乙', '[甲 乙]'],
    ['【人物：甲、乙】', '[甲 乙]'],
    ['【人物】甲、乙', '[甲 乙]'],
    ['角色：甲、乙', '[甲 乙]'],
    ['人 甲 乙', '[甲 乙]'],
    ['人物：苏晓（旁观）、黑衣刺客（李砚）', '[苏晓 黑衣刺客]'],
    ['人物：甲（男，30岁）、乙', '[甲 乙]'],
    ['人物：天兵们、食客数人、保镖若干', '[天兵们 食客数人 保镖若干]'],
    ['人物：甲（禁止 声音/音色）、乙', '[甲 乙]'],
    ['人物：同上、甲', '[甲]'],
    ['人物：\n甲、乙', '[甲 乙]'],
    ['人物：\n甲：男，30岁\n乙：女，28岁', '[甲 乙]'],
  ])('%s', (line, people) => {
    expect(cast(line)).toBe(`S1-1 INT DAY 客厅 ${people}`);
  });

  it.each(['出镜', '出镜人员', '在场人物', '主要人物', '群演', '群众演员'])('%s：', (word) => {
    expect(cast(`${word}：甲、乙`)).toBe('S1-1 INT DAY 客厅 [甲 乙]');
  });

  it.each([
    ['人物：同上', '[甲 苏晓]'],
    ['人物：同上、乙', '[甲 苏晓 乙]'],
    ['出场人物：同前，乙', '[甲 苏晓 乙]'],
    ['人物：同上场', '[甲 苏晓]'],
  ])('that says 同上 lists those of the cast line before: %s', (line, people) => {
    const text = `第1集\n1-1 日 内 客厅\n人物：甲、苏晓\n△走。\n丙：走。\n1-2 夜 外 街道\n${line}\n△走。\n`;
    expect(outline(parseText(text))[4]).toBe(`S1-2 EXT NIGHT 街道 ${people}`);
  });

  it('that says 同上 in Traditional characters lists them as they are written', () => {
    const text = '第1集\n1-1 日 內 客廳\n人物：蘇曉、陸沉\n△蘇曉說話。\n1-2 同上 夜 內\n人物：同上\n△陸沉離開。\n';
    expect(outline(parseText(text))[3]).toBe('S1-2 INT NIGHT 客廳 [蘇曉 陸沉]');
  });

  it('that says nobody is there lists nobody', () => {
    expect(cast('人物：无')).toBe('S1-1 INT DAY 客厅');
  });

  it('keeps what stands in brackets behind a name', () => {
    const document = parseText('第1集\n1-1 日 内 客厅\n人物：黑衣刺客（李砚）、甲\n△走。\n');
    const element = document.episodes[0]!.scenes[0]!.elements.find(({ kind }) => kind === 'cast');
    expect(element).toMatchObject({ speakers: ['黑衣刺客', '甲'], notes: { 黑衣刺客: '李砚' } });
  });
});

describe('an end', () => {
  it.each(['【本集完】', '（第1集完）', '【第1集 完】', '第一集 完', '——本集终——', '【全剧终】', '未完待续'])(
    '%s',
    (line) => {
      const document = parseText(`第1集\n1-1 日 内 客厅\n甲：走。\n${line}\n第2集\n2-1 日 内 客厅\n甲：来。\n`);
      expect(outline(document)[3]).toMatch(/^end /);
      expect(document.episodes).toHaveLength(2);
    },
  );

  it('that was none does not swallow the rest of the episode', () => {
    const text =
      '第1集\n1-1 日 内 客厅\n人物：甲\n甲：走。\n完\n△甲回头。\n甲：还没完。\n第2集\n2-1 日 内 客厅\n甲：来。\n';
    expect(outline(parseText(text)).slice(2, 5)).toEqual(['甲 走。', 'action 甲回头。', '甲 还没完。']);
  });

  it('of the script: what its writer says about it is kept as such, and nobody speaks in it', () => {
    const document = parseText('第1集\n1-1 日 内 客厅\n甲：走。\n**创作说明：**\n1. 节奏快。\n需要继续写吗？\n');
    expect(outline(document).at(-1)).toBe('甲 走。');
    expect(document.notes.map(({ kind }) => kind)).toEqual(['after_matter', 'after_matter', 'after_matter']);
  });

  it('of the script: lists and tables behind it are kept as such', () => {
    const after = ['附：道具清单', '1. 刀', '时长表', '| 集 | 秒 |', '拍摄备注：', '注意安全'];
    const document = parseText(`第1集\n1-1 日 内 客厅\n甲：走。\n【全剧终】\n${after.join('\n')}\n`);
    expect(document.notes.map(({ kind, text }) => `${kind} ${text}`)).toEqual(
      after.map((line) => `after_matter ${line}`),
    );
  });
});

describe('a name that stands alone once', () => {
  const heard = '陆沉\n我不去。\n\n苏晓\n为什么？\n\n陆沉\n你说。\n\n苏晓\n他走了。\n\n陆沉\n谁？\n\n苏晓\n他。\n\n';
  const last = (lines: string) => outline(parseText(`第1集\n1-1 日 内 家\n\n${heard}${lines}\n`)).at(-1);

  it('is one by what somebody is', () => {
    expect(last('护士\n让一让！')).toBe('护士 让一让！');
  });

  it.each([
    '陆沉看着医生\n医生摇头。',
    '他撞上记者\n记者倒地。',
    '门铃响起\n（三声）\n陆沉起身。',
    '两人对视\n（沉默）\n门开了。',
  ])('is none where it tells what is done: %s', (lines) => {
    expect(last(lines)).toBe(`action ${lines.split('\n').at(-1)}`);
  });
});

it('地点 and 时间 by their longer words are fields, not people', () => {
  const lines = outline(
    parseText('第1集\n1-1 日 内 家\n甲：走。\n场景地点：病房\n内/外：内\n场景时间：夜\n甲：来。\n'),
  );
  expect(lines.filter((line) => line.startsWith('note'))).toEqual([
    'note 场景地点：病房',
    'note 内/外：内',
    'note 场景时间：夜',
  ]);
});
