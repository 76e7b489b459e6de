// A perfect reader: whoever knows everybody's names in every episode ends with the right people, for the machinery loses nothing of it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { predictionOf, resolve } from '../../core/breakdown/index.ts';
import type { Resolved } from '../../core/breakdown/schema.ts';
import { parse } from '../../core/script/index.ts';
import { score } from '../kit/prediction.ts';
import { answerOf } from '../kit/readers/extract.ts';
import { goldAt } from '../kit/readers/gold.ts';
import { answering, identitiesOf } from '../kit/readers/resolve.ts';
import { shared } from '../kit/shared.ts';
import { resolvedBy } from './doubting.ts';
import { readDocument, tokensOf } from './stage.ts';

const scripts = join(shared ?? '', 'scripts');

/** The gold of the six episodes knows no front matter: names that only a biography tells are not in it. */
const inEpisodes = (assets: readonly Resolved[]) =>
  assets
    .map((asset) => ({ ...asset, forms: asset.forms.filter(({ episodes }) => episodes.length > 0) }))
    .filter(({ forms }) => forms.length > 0)
    .map((asset) => ({
      ...asset,
      name: asset.forms.some(({ surface }) => surface === asset.name) ? asset.name : asset.forms[0]!.surface,
    }));

describe.skipIf(shared === undefined)('with a perfect reader', () => {
  test.each([
    ['zh_jindenglu.txt', 'zh_jindenglu', false],
    ['zh_jindenglu_ep1-6.gbk.txt', 'zh_jindenglu_ep1-6', true],
    ['en_ascent_to_guru_peak.fountain', 'en_ascent_to_guru_peak', false],
    ['en_radio_store.fdx', 'en_radio_store', false],
    ['en_romeo_and_juliet.txt', 'en_romeo_and_juliet', false],
  ])('the people of %s are right', async (file, name, isCut) => {
    const document = await parse(await readFile(join(scripts, file)), file);
    const gold = goldAt(join(scripts, `${name}.gold.json`));
    const extractions = readDocument(document, (prompt) => answerOf(gold, prompt));
    const alone = resolve(extractions);
    const { assets } = resolvedBy(extractions, (prompt) => identitiesOf(gold, prompt));
    const yes = resolvedBy(extractions, (prompt) => answering(prompt, () => 'same'));
    for (const [found, bar] of [
      [alone.assets, 0.9],
      [assets, 0.95],
      // who names everybody and then says yes to everything joins nobody wrongly
      [yes.assets, 0.9],
    ] as const) {
      const prediction = predictionOf(document, isCut ? inEpisodes(found) : found);
      const { characters, locations, props } = await score(shared!, `${name}.gold.json`, prediction);
      expect(characters.over_merged + locations.over_merged + props.over_merged).toBe(0);
      expect(characters.bcubed.f1).toBeGreaterThanOrEqual(bar);
      expect(characters.mention.r).toBe(1);
    }
  });

  test('a drama of twenty episodes is read with less than 30,000 tokens of input, and one edited scene with a small part of them', async () => {
    const document = await parse(await readFile(join(scripts, 'zh_jindenglu.txt')), 'zh_jindenglu.txt');
    const { whole, scenes } = tokensOf(document);
    expect(whole).toBeLessThanOrEqual(30_000);
    expect(scenes).toHaveLength(97);
    expect(Math.max(...scenes)).toBeLessThanOrEqual(whole / 28);
  });
});
