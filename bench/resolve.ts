// Resolution: ten times the mentions, over ten times the people, must take about ten times as long.
import { extractDocument, resolve } from '../core/breakdown/index.ts';
import type { Extraction } from '../core/breakdown/schema.ts';
import { parseText } from '../core/script/index.ts';
import { atMost, median, type Row } from './row.ts';

const surnames = '沈陆周林顾秦苏白谢裴韩许江宋唐程傅萧叶姜'.split('');
const given = '知远安宁清和明月舟行川岚序言景昭棠野澄屿念微'.split('');

/** A cast of `size` people, no two of one name. */
const cast = (size: number): string[] =>
  Array.from({ length: size }, (_, i) => {
    const pair = Math.floor(i / surnames.length);
    return `${surnames[i % surnames.length]}${given[pair % given.length]}${given[Math.floor(pair / given.length) % given.length]}`;
  });

/** A season in which each person has a biography, a full name, a title and a few lines. */
function season(people: number): string {
  const names = cast(people);
  const front = [
    '《长街》',
    '人物小传',
    ...names.map((name) => `${name}（30岁）：人称小${name.slice(-1)}，街上的掌柜。`),
  ];
  const scenes = names.flatMap((name, i) => {
    const other = names[(i + 7) % people] ?? name;
    return [
      ...(i % 5 === 0 ? [`第${i / 5 + 1}集 第${i}日`] : []),
      `${Math.floor(i / 5) + 1}-${(i % 5) + 1} 夜 内 ${name.slice(0, 1)}家${given[i % given.length]}字号铺子`,
      `人物：${name}、${other}`,
      `△ ${name}把一盏铜灯放在桌上，${other.slice(0, 1)}掌柜抬起头。`,
      `${other}：${name.slice(0, 1)}掌柜，这盏铜灯是谁的？`,
      `${name}：是${other}你自己的。`,
    ];
  });
  return [...front, ...scenes].join('\n');
}

const mentionsOf = (extractions: readonly Extraction[]): number =>
  extractions.reduce((sum, { mentions }) => sum + mentions.length, 0);

/** Extractions of at least `mentions` mentions. */
function extracted(mentions: number): Extraction[] {
  const probe = mentionsOf(extractDocument(parseText(season(100))));
  return extractDocument(parseText(season(Math.ceil((100 * mentions) / probe))));
}

function milliseconds(extractions: Extraction[]): number {
  const began = performance.now();
  resolve(extractions);
  return performance.now() - began;
}

export async function measure(): Promise<Row[]> {
  const [small, large] = [extracted(1_000), extracted(10_000)];
  const times = (input: Extraction[]) => median(Array.from({ length: 5 }, () => milliseconds(input)));
  milliseconds(large);
  const [one, ten] = [times(small), times(large)];
  const from = `${mentionsOf(small)} to ${mentionsOf(large)} mentions`;
  return [atMost(`resolve, from ${from} (${one.toFixed(0)} ms to ${ten.toFixed(0)} ms)`, ten / one, 12, '×')];
}
