// Doubts on whole scripts, with models that know everything, say yes to everything, or no: what they settle, and what they cannot spoil.
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve as absolute, basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { extractDocument, predictionOf, resolve } from '../../core/breakdown/index.ts';
import type { Resolution } from '../../core/breakdown/schema.ts';
import { parse } from '../../core/script/index.ts';
import { score } from '../kit/prediction.ts';
import { goldAt } from '../kit/readers/gold.ts';
import { answering, identitiesOf } from '../kit/readers/resolve.ts';
import { shared } from '../kit/shared.ts';
import { doubtTokens, resolvedBy } from './doubting.ts';

const fixtures = absolute(import.meta.dirname, '../breakdown/fixtures');
const scripts = join(shared ?? '', 'scripts');
const goldOf = (path: string) => path.replace(/\.[^.]+$/, '.gold.json');

type Case = { readonly name: string; readonly path: string; readonly gold: string; readonly episodes?: string };
const cases: Case[] = (
  [
    ...readdirSync(fixtures)
      .filter((file) => !file.endsWith('.json'))
      .map((file) => ({ path: join(fixtures, file), gold: goldOf(join(fixtures, file)) })),
    ...['zh_jindenglu.txt', 'en_ascent_to_guru_peak.fountain', 'en_radio_store.fdx', 'en_romeo_and_juliet.txt'].map(
      (file) => ({ path: join(scripts, file), gold: goldOf(join(scripts, file)) }),
    ),
    { path: join(scripts, 'zh_jindenglu_ep1-6.gbk.txt'), gold: join(scripts, 'zh_jindenglu_ep1-6.gold.json') },
    { path: join(scripts, 'zh_jindenglu_ep1-3.docx'), gold: join(scripts, 'zh_jindenglu.gold.json'), episodes: '1-3' },
  ] as Omit<Case, 'name'>[]
).map((one) => ({ ...one, name: basename(one.path) }));

const extracted = async (path: string) => {
  const document = await parse(await readFile(path), path);
  return { document, extractions: extractDocument(document) };
};
const keysOf = ({ assets }: Resolution) => assets.map(({ key, forms }) => [key, forms]);

describe.skipIf(shared === undefined)('a model', () => {
  test.each(cases)(
    'that knows everything joins those who are one, and no others: $name',
    async ({ path, gold, episodes }) => {
      const { document, extractions } = await extracted(path);
      const scored = async ({ assets }: Resolution) => score(shared!, gold, predictionOf(document, assets), episodes);
      const [alone, told] = [
        await scored(resolve(extractions)),
        await scored(resolvedBy(extractions, (words) => identitiesOf(goldAt(gold), words))),
      ];
      expect(told.characters.over_merged + told.locations.over_merged + told.props.over_merged).toBe(0);
      expect(told.characters.bcubed.r).toBeGreaterThanOrEqual(alone.characters.bcubed.r);
      expect(told.characters.bcubed_common.f1).toBeGreaterThanOrEqual(0.94);
    },
  );

  test.each(cases)('that says yes to everything joins nobody wrongly: $name', async ({ path, gold, episodes }) => {
    const { document, extractions } = await extracted(path);
    const { assets } = resolvedBy(extractions, (words) => answering(words, () => 'same'));
    const { characters, locations, props } = await score(shared!, gold, predictionOf(document, assets), episodes);
    expect(characters.over_merged + locations.over_merged + props.over_merged).toBe(0);
  });

  test.each(cases)('that says no to everything takes nothing away: $name', async ({ path }) => {
    const { extractions } = await extracted(path);
    const alone = resolve(extractions);
    const told = resolvedBy(extractions, (words) => answering(words, () => 'different'));
    expect(keysOf(told)).toEqual(keysOf(alone));
    const merged = ({ decisions }: Resolution) => decisions.filter(({ outcome }) => outcome === 'merged');
    expect(merged(told)).toEqual(merged(alone));
    // every question of the scorer is still told, with its answer
    expect(told.decisions).toHaveLength(alone.decisions.length);
  });
});

test.skipIf(shared === undefined)(
  'a drama of twenty episodes is settled with less than 10,000 tokens of input',
  async () => {
    const { extractions } = await extracted(join(scripts, 'zh_jindenglu.txt'));
    const tokens = doubtTokens(extractions);
    expect(tokens).toBeGreaterThan(0);
    expect(tokens).toBeLessThanOrEqual(10_000);
  },
);
