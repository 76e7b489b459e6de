// Perfect readers: who knows everybody's names in every episode, and answers every doubt rightly, ends with the right people; the machinery
// loses nothing of what they know.
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve as absolute, basename, join } from 'node:path';
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

const fixtures = absolute(import.meta.dirname, '../breakdown/fixtures');
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

const development = [
  'zh_jindenglu.txt',
  'en_ascent_to_guru_peak.fountain',
  'en_radio_store.fdx',
  'en_romeo_and_juliet.txt',
  'zh_jindenglu_ep1-6.gbk.txt',
].map((file) => join(scripts, file));
const ours = readdirSync(fixtures)
  .filter((file) => !file.endsWith('.json'))
  .map((file) => join(fixtures, file));
const named = (path: string) => ({ name: basename(path), path });
const goldOf = (path: string) => path.replace(/(?:\.gbk)?\.[^.]+$/, '.gold.json');

/** A script as the perfect reader of episodes reads it, and the score of what is resolved from that. */
async function readWell(path: string) {
  const document = await parse(await readFile(path), basename(path));
  const gold = goldAt(goldOf(path));
  const extractions = readDocument(document, (words) => answerOf(gold, words));
  const scored = async (assets: readonly Resolved[]) => {
    const shown = path.includes('ep1-6') ? inEpisodes(assets) : assets;
    const { characters, locations, props } = await score(shared!, goldOf(path), predictionOf(document, shown));
    expect(characters.over_merged + locations.over_merged + props.over_merged).toBe(0);
    return characters;
  };
  return { gold, extractions, scored };
}

describe.skipIf(shared === undefined)('with perfect readers', () => {
  test.each(development.map(named))('the people of $name are right', async ({ path }) => {
    const { gold, extractions, scored } = await readWell(path);
    const settled = resolvedBy(extractions, (words) => identitiesOf(gold, words));
    const yes = resolvedBy(extractions, (words) => answering(words, () => 'same'));
    for (const [{ assets }, bar] of [
      [resolve(extractions), 0.9],
      [settled, 0.99],
      // who names everybody and then says yes to everything joins nobody wrongly
      [yes, 0.9],
    ] as const) {
      const { bcubed, mention } = await scored(assets);
      expect(bcubed.f1).toBeGreaterThanOrEqual(bar);
      expect(mention.r).toBe(1);
    }
  });

  test.each(ours.map(named))('the people of our own $name are right', async ({ path }) => {
    const { gold, extractions, scored } = await readWell(path);
    const { assets } = resolvedBy(extractions, (words) => identitiesOf(gold, words));
    const { bcubed } = await scored(assets);
    expect(bcubed.f1).toBeGreaterThanOrEqual(0.95);
  });

  test('a drama of twenty episodes is read with less than 30,000 tokens of input, and one edited scene with a small part of them', async () => {
    const document = await parse(await readFile(join(scripts, 'zh_jindenglu.txt')), 'zh_jindenglu.txt');
    const { whole, scenes } = tokensOf(document);
    expect(whole).toBeLessThanOrEqual(30_000);
    expect(scenes).toHaveLength(97);
    expect(Math.max(...scenes)).toBeLessThanOrEqual(whole / 28);
  });
});
