// Every development script is read as its gold says. The files lie beside the checkout; without them there is nothing to compare.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from '../../core/script/index.ts';
import { predictionOf, score } from '../kit/prediction.ts';
import { shared } from '../kit/shared.ts';

type Case = { file: string; gold: string; episodes?: string; boundary: number; lines?: number };

const cases: Case[] = [
  { file: 'zh_jindenglu.txt', gold: 'zh_jindenglu.gold.json', boundary: 0.99 },
  { file: 'zh_jindenglu_ep1-6.gbk.txt', gold: 'zh_jindenglu_ep1-6.gold.json', boundary: 0.99 },
  { file: 'en_ascent_to_guru_peak.fountain', gold: 'en_ascent_to_guru_peak.gold.json', boundary: 0.99 },
  { file: 'en_ascent_to_guru_peak.pdf', gold: 'en_ascent_to_guru_peak.gold.json', boundary: 0.95 },
  { file: 'en_radio_store.fdx', gold: 'en_radio_store.gold.json', boundary: 0.99 },
  { file: 'zh_jindenglu_ep1-3.docx', gold: 'zh_jindenglu.gold.json', episodes: '1-3', boundary: 0.99 },
  // its gold leaves out what is said after an entrance in mid-speech, and ends four speeches with the heading of the next act
  { file: 'en_romeo_and_juliet.txt', gold: 'en_romeo_and_juliet.gold.json', boundary: 0.99, lines: 0.985 },
  { file: 'en_radio_store.fountain', gold: 'en_radio_store.gold.json', boundary: 0.99 },
];

describe.skipIf(shared === undefined)('development scripts', () => {
  it.each(cases)('$file reads as its gold', async ({ file, gold, episodes, boundary, lines = 0.99 }) => {
    const folder = shared!;
    const document = await parse(await readFile(join(folder, 'scripts', file)), file);
    const result = await score(folder, gold, predictionOf(document), episodes);
    expect(result.scenes.boundary.f1).toBeGreaterThanOrEqual(boundary);
    expect(result.scenes.int_ext_accuracy).toBeGreaterThanOrEqual(0.98);
    expect(result.scenes.time_accuracy).toBeGreaterThanOrEqual(0.98);
    expect(result.dialogue.line.f1).toBeGreaterThanOrEqual(lines);
    expect(result.dialogue.speaker_accuracy).toBeGreaterThanOrEqual(0.99);
  });
});
