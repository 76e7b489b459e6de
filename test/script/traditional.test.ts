// Scripts in Traditional characters (Taiwan, Hong Kong) are read by the same rules, and kept as they are written.
import { readFileSync } from 'node:fs';
import { ConverterFactory } from 'opencc-js/core';
import characters from 'opencc-js/dict/STCharacters';
import { describe, expect, it } from 'vitest';
import { parseText } from '../../core/script/index.ts';
import { simplified } from '../../core/script/simplified.ts';
import { outline } from './outline.ts';

const read = (text: string) => outline(parseText(text));
const inScene = (text: string) => read(`第一集\n1-1 日 內 客廳\n人物：林晚、顧言之\n${text}\n`).slice(2);

describe('a Traditional slug line', () => {
  it.each([
    ['第1場 日 內 客廳', 'S1 INT DAY 客廳'],
    ['第3場 咖啡廳', 'S3 UNKNOWN UNKNOWN 咖啡廳'],
    ['第2場 外景 街道 黃昏', 'S2 EXT DUSK 街道'],
    ['場景1：客廳 日 內', 'S1 INT DAY 客廳'],
    ['第一場\n時間：夜\n地點：醫院走廊', 'S一 UNKNOWN NIGHT 醫院走廊'],
    ['場次：1\n場景：客廳\n時間：日', 'S1 UNKNOWN DAY 客廳'],
    ['第一場\n景：醫院\n時：日', 'S一 UNKNOWN DAY 醫院'],
    ['1-1 廚房/後院 日 內', 'S1-1 INT DAY 廚房/後院'],
  ])('%s', (heading, expected) => {
    expect(read(`第一集\n${heading}\n人物：林晚、顧言之\n顧言之：你來了。\n`)).toEqual([
      'E1',
      `${expected} [林晚 顧言之]`,
      '顧言之 你來了。',
    ]);
  });

  it('is kept with its lines as it is written', () => {
    const { scenes } = parseText('第一集\n第一場\n時間：黃昏\n人物：顧言之（總裁）\n地點：醫院\n顧言之：來。\n')
      .episodes[0]!;
    expect(scenes[0]).toMatchObject({
      heading: '第一場 時間：黃昏',
      timeText: '黃昏',
      location: '醫院',
      cast: ['顧言之'],
    });
    expect(scenes[0]!.elements[1]).toMatchObject({ kind: 'cast', speakers: ['顧言之'], notes: { 顧言之: '總裁' } });
  });
});

describe('a Traditional line', () => {
  it.each([
    ['顧言之（內心獨白）：她瘦了。', '顧言之/OS 她瘦了。'],
    ['顧言之（畫外音）：那年。', '顧言之/VO 那年。'],
    ['林晚（電話裡）：喂？', '林晚/PHONE(電話裡) 喂？'],
    ['【閃回】', 'flashback_start 閃回'],
    ['【閃回結束】', 'flashback_end 閃回結束'],
    ['【回憶】', 'flashback_start 回憶'],
    ['【轉場】', 'transition 轉場'],
    ['【特寫】她的手', 'shot 特寫 她的手'],
    ['△牆上寫著：“後會有期”', 'action 牆上寫著：“後會有期”'],
    ['牆上寫著：後會有期', 'action 牆上寫著：後會有期'],
    ['備註：皇后在後', 'note 備註：皇后在後'],
  ])('%s', (line, expected) => {
    expect(inScene(line)[0]).toBe(expected);
  });

  it('a voice without a name belongs to whoever spoke last, as the name was written', () => {
    expect(inScene('顧言之：走。\nOS：後來呢？').at(-1)).toBe('顧言之/OS 後來呢？');
  });

  it('the people of 人物小傳 are harvested, and known where they speak', () => {
    const text = `《霸總》\n人物小傳\n林晚：二十四歲，舊書店店主。\n顧言之：二十八歲，總裁，\n本名顧小川。\n故事大綱\n她來了。\n第一集\n1-1 日 內 客廳\n顧言之：來。\n`;
    const { title, biographies, synopsis, quality } = parseText(text);
    expect({ title, synopsis, known: quality.knownSpeakers }).toEqual({
      title: '霸總',
      synopsis: '她來了。',
      known: 1,
    });
    expect(biographies).toEqual([
      { name: '林晚', text: '林晚：二十四歲，舊書店店主。', line: 3 },
      { name: '顧言之', text: '顧言之：二十八歲，總裁，\n本名顧小川。', line: 4 },
    ]);
  });

  it('a warning quotes it as it is written', () => {
    const { warnings } = parseText('第一集\n1-1 日 內 客廳\n人物：林晚\n顧言之：來。\n');
    expect(warnings.map(({ message }) => message)).toEqual(['说话人“顧言之”不在人物表和小传中。']);
  });
});

it('the bundled drama in Traditional characters reads as it does in Simplified ones, and nothing of it is rewritten', () => {
  const traditional = ConverterFactory([characters])(readFileSync('demo/zh_jindenglu.txt', 'utf8'));
  const document = parseText(traditional);
  const lines = outline(document);
  expect(lines.map(simplified)).toEqual(outline(parseText(simplified(traditional))));
  const spoken = document.episodes.flatMap(({ scenes }) => scenes.flatMap(({ elements }) => elements));
  for (const { text, speakers, offset, length } of spoken) {
    const source = traditional.slice(offset, offset + length);
    for (const word of text.split(/\s+/)) expect(source).toContain(word);
    for (const name of speakers ?? []) expect(traditional).toContain(name);
  }
});

it('a character without a simplified form of its own (嗰) leaves the rest of its line to be read', () => {
  const lines = inScene('顧言之：（內心獨白）嗰個人係邊個？\n畫面：嗰扇門開咗。');
  expect(lines).toEqual(['顧言之/OS 嗰個人係邊個？', 'action 嗰扇門開咗。']);
  expect(parseText('第一集\n1-1 日 內 客廳\n人物：家強\n家強：走。\n家強：嗰隻手。').warnings).toEqual([]);
});
