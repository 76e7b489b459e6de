// Reading: how fast text becomes a document, and whether ten times the text takes about ten times as long.
import { readFileSync } from 'node:fs';
import { parse } from '../core/script/index.ts';
import { atLeast, atMost, median, type Row } from './row.ts';

const drama = readFileSync('demo/zh_jindenglu.txt', 'utf8');

/** The bundled drama over and over, episodes numbered on, about `bytes` long; one heading in thirteen is left, as 10,000 scenes are the limit. */
function season(bytes: number): Uint8Array {
  const parts: string[] = [];
  const encoder = new TextEncoder();
  let [headings, episodes] = [0, 0];
  const kept = () => headings++ % 13 === 0;
  for (let written = 0; written < bytes; ) {
    const text = drama
      .replace(/^第.+集(?= )/gm, () => (kept() ? `第${++episodes}集` : '△ 天亮了。'))
      .replace(/^\d+-\d+[A-Z]?、.*$/gm, (line) => (kept() ? line : '△ 雨停了。'));
    written += encoder.encode(`${text}\n`).length;
    if (written <= bytes) parts.push(text);
  }
  return encoder.encode(parts.join('\n'));
}

async function seconds(bytes: Uint8Array): Promise<number> {
  const began = performance.now();
  await parse(bytes, 'season.txt');
  return (performance.now() - began) / 1000;
}

export async function measure(): Promise<Row[]> {
  const small = season(4_900_000);
  const large = season(49_000_000);
  await seconds(small);
  const times: { one: number; ten: number }[] = [];
  // in turns: the machine is not as fast at one moment as at another
  for (let turn = 0; turn < 3; turn++) times.push({ one: await seconds(small), ten: await seconds(large) });
  const [one, ten] = [median(times.map((turn) => turn.one)), median(times.map((turn) => turn.ten))];
  return [
    atLeast(`parse ${(small.length / 1e6).toFixed(1)} MB of Chinese text, MB/s`, small.length / 1e6 / one, 20),
    atLeast(`parse ${(large.length / 1e6).toFixed(1)} MB of Chinese text, MB/s`, large.length / 1e6 / ten, 20),
    atMost('parse: time for ×10 text', ten / one / (large.length / small.length / 10), 11, '×'),
  ];
}
