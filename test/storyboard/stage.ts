// Scenes and libraries to tell storyboard stories with: by hand, and at random.
import * as fc from 'fast-check';
import type { Element, Episode, Scene } from '../../core/script/schema.ts';
import type { CastOfScene, StyleOptions } from '../../core/storyboard/index.ts';

export const style: StyleOptions = { visualStyle: '国风写实', language: 'zh', aspect: '9:16' };

/** A library of three people, a crowd, two places and two props. */
export const library: CastOfScene = {
  characters: [
    {
      id: 'c1',
      name: '谢灯儿',
      forms: ['谢灯儿', '谢姑娘', '阿灯姐'],
      gender: '女',
      look: '靛蓝短褐',
      variants: [{ name: '男装', description: '青衫束发', episodes: [3] }],
    },
    { id: 'c2', name: '裴照', forms: ['裴照', '裴少卿'], gender: '男', look: '绯色官袍', variants: [] },
    { id: 'c3', name: '阿蛮', forms: ['阿蛮'], gender: '男', look: '', variants: [] },
  ],
  locations: [
    { id: 'l1', name: '西市街口', forms: ['西市街口'] },
    { id: 'l2', name: '大理寺正堂', forms: ['大理寺正堂'] },
  ],
  props: [
    { id: 'p1', name: '走马灯', forms: ['走马灯', '骨灯'] },
    { id: 'p2', name: '银针', forms: ['银针'] },
  ],
  extras: [{ id: 'x1', name: '百姓若干', forms: ['百姓若干'] }],
  ambiguous: {},
};

type Told = Partial<Element> & Pick<Element, 'kind' | 'text'>;

let line = 0;
/** An element with all it needs to stand in a scene. */
export function element(told: Told): Element {
  line++;
  return { id: `e${line}`, line, endLine: line, offset: line * 10, length: told.text.length, ...told };
}

export const says = (speaker: string, text: string, more: Partial<Element> = {}): Element =>
  element({ kind: 'dialogue', text, speakers: [speaker], voice: 'ON', ...more });
export const shows = (text: string): Element => element({ kind: 'action', text });

export function scene(number: string, elements: readonly Element[], more: Partial<Scene> = {}): Scene {
  return {
    id: `s${number}`,
    number,
    heading: `${number} 西市街口 夜 外`,
    line: elements[0]?.line ?? 1,
    intExt: 'EXT',
    time: 'NIGHT',
    timeText: '夜',
    location: '西市街口',
    cast: ['谢灯儿', '裴照'],
    elements: [...elements],
    ...more,
  };
}

export const episode = (scenes: readonly Scene[], number = 1): Episode => ({
  number,
  title: '骨灯',
  line: 1,
  elements: [],
  scenes: [...scenes],
});

const words = fc
  .array(
    fc.constantFrom(
      '谢灯儿',
      '裴照',
      '走马灯',
      '银针',
      '看着',
      '他',
      '两人',
      '跑',
      '笑',
      '，',
      '。',
      '！',
      '……',
      'Jim says',
      ' ',
      '怒',
      '\n',
      '🏮',
      '"',
    ),
    { minLength: 1, maxLength: 60 },
  )
  .map((parts) => parts.join(''));
const longLine = fc
  .integer({ min: 1, max: 400 })
  .chain((n) => fc.constantFrom('火', '火，', '火光冲天。', 'word ').map((w) => w.repeat(n)));
const speaker = fc.constantFrom('谢灯儿', '谢姑娘', '裴照', '阿蛮', '百姓若干', '陌生人', '众人');

const told: fc.Arbitrary<Told> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('dialogue' as const, 'dialogue' as const, 'lyric' as const),
    text: fc.oneof(words, words, words, longLine),
    speakers: fc.uniqueArray(speaker, { minLength: 1, maxLength: 3 }),
    voice: fc.constantFrom('ON' as const, 'ON' as const, 'OS' as const, 'VO' as const, 'PHONE' as const),
    paren: fc.constantFrom('', '冷笑', '俯身，拨开差役的衣领'),
  }),
  fc.record({
    kind: fc.constantFrom('action' as const, 'action' as const, 'shot' as const),
    text: fc.oneof(words, longLine),
  }),
  fc.record({
    kind: fc.constantFrom(
      'caption' as const,
      'sound' as const,
      'transition' as const,
      'flashback_start' as const,
      'flashback_end' as const,
      'note' as const,
      'cast' as const,
    ),
    text: words,
  }),
);

/** Any episode: scenes of any elements, empty ones, known and unknown people and places. */
export const anyEpisode: fc.Arbitrary<Episode> = fc
  .array(
    fc.record({
      elements: fc.array(told, { maxLength: 14 }),
      cast: fc.uniqueArray(speaker, { maxLength: 4 }),
      intExt: fc.constantFrom('INT' as const, 'EXT' as const, 'INT_EXT' as const, 'UNKNOWN' as const),
      time: fc.constantFrom(
        'DAY' as const,
        'NIGHT' as const,
        'DAWN' as const,
        'DUSK' as const,
        'SAME' as const,
        'UNKNOWN' as const,
      ),
      location: fc.constantFrom('西市街口', '大理寺正堂', '无名处', ''),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((scenes) => episode(scenes.map(({ elements, ...more }, i) => scene(`1-${i + 1}`, elements.map(element), more))));
