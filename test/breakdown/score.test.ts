// Whole scripts against their golds: dramas of several genres and layouts written for this, and the development scripts beside the checkout.
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve as absolute, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { extractDocument, predictionOf, resolve } from '../../core/breakdown/index.ts';
import { parse } from '../../core/script/index.ts';
import { score } from '../kit/prediction.ts';
import { shared } from '../kit/shared.ts';

const folder = absolute(import.meta.dirname, 'fixtures');
const own = readdirSync(folder).filter((file) => !file.endsWith('.json'));

type Case = { file: string; gold: string; episodes?: string };
const development: Case[] = [
  { file: 'zh_jindenglu.txt', gold: 'zh_jindenglu.gold.json' },
  { file: 'zh_jindenglu_ep1-6.gbk.txt', gold: 'zh_jindenglu_ep1-6.gold.json' },
  { file: 'zh_jindenglu_ep1-3.docx', gold: 'zh_jindenglu.gold.json', episodes: '1-3' },
  { file: 'en_ascent_to_guru_peak.fountain', gold: 'en_ascent_to_guru_peak.gold.json' },
  { file: 'en_ascent_to_guru_peak.pdf', gold: 'en_ascent_to_guru_peak.gold.json' },
  { file: 'en_radio_store.fdx', gold: 'en_radio_store.gold.json' },
  { file: 'en_radio_store.fountain', gold: 'en_radio_store.gold.json' },
  { file: 'en_romeo_and_juliet.txt', gold: 'en_romeo_and_juliet.gold.json' },
];

async function meetsTheBar(path: string, gold: string, episodes?: string): Promise<void> {
  const document = await parse(await readFile(path), path);
  const { assets } = resolve(extractDocument(document));
  const { characters, locations, props } = await score(shared!, gold, predictionOf(document, assets), episodes);
  expect(characters.over_merged + locations.over_merged + props.over_merged).toBe(0);
  expect(characters.mention.r).toBeGreaterThanOrEqual(0.75);
  expect(characters.bcubed.f1).toBeGreaterThanOrEqual(0.6);
  expect(locations.pairwise.f1).toBeGreaterThanOrEqual(0.6);
  expect(props.mention_recall_weighted).toBeGreaterThanOrEqual(0.7);
}

describe.skipIf(shared === undefined)('people, places and props are found and told apart', () => {
  test.each(own)('in %s', (file) =>
    meetsTheBar(join(folder, file), join(folder, `${file.replace(/\.[^.]+$/, '')}.gold.json`)),
  );

  test.each(development)('in $file', ({ file, gold, episodes }) =>
    meetsTheBar(join(shared!, 'scripts', file), gold, episodes),
  );
});
