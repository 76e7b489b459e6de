// Perfect readers: who knows everybody's names in every episode, and answers every doubt rightly, ends with the right people; the machinery
// loses nothing of what they know.
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve as absolute, basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { prompted } from '../../core/ai/prompts/prompt.ts';
import { resolve as prompt } from '../../core/ai/prompts/resolve.v1.ts';
import { predictionOf, resolve } from '../../core/breakdown/index.ts';
import type { Extraction, Resolved } from '../../core/breakdown/schema.ts';
import { Answers, opinionsFrom } from '../../core/reader/resolve/answer.ts';
import { callsOf } from '../../core/reader/resolve/call.ts';
import { parse } from '../../core/script/index.ts';
import { score } from '../kit/prediction.ts';
import { answerOf } from '../kit/readers/extract.ts';
import { type Gold, goldAt } from '../kit/readers/gold.ts';
import { identitiesOf } from '../kit/readers/resolve.ts';
import { shared } from '../kit/shared.ts';
import { readDocument, tokensOf } from './stage.ts';

const fixtures = absolute(import.meta.dirname, '../breakdown/fixtures');
const scripts = join(shared ?? '', 'scripts');
const by = { provider: 'compatible', model: 'a-model', mode: 'byok' } as const;

/** The assets once every doubt is put to the reader who knows the gold. */
function settled(extractions: readonly Extraction[], gold: Gold): Resolved[] {
  const asking = { project: 'prj_1', task: 'tsk_1' };
  const calls = callsOf(asking, { extractions, prior: [] }, (fillings) => prompted(prompt, fillings));
  const opinions = calls.flatMap(({ call, question }) =>
    opinionsFrom(Answers.parse(identitiesOf(gold, call.prompt.messages[0]!.text)), question, by),
  );
  return resolve(extractions, [], opinions).assets;
}

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
].map((file) => ({ name: file, path: join(scripts, file), bar: 0.99 }));
const ours = readdirSync(fixtures)
  .filter((file) => !file.endsWith('.json'))
  .map((file) => ({ name: file, path: join(fixtures, file), bar: 0.95 }));
const goldOf = (path: string) => path.replace(/(?:\.gbk)?\.[^.]+$/, '.gold.json');

describe.skipIf(shared === undefined)('with perfect readers', () => {
  test.each([...development, ...ours])('the people of $name are right', async ({ path, bar }) => {
    const document = await parse(await readFile(path), basename(path));
    const gold = goldAt(goldOf(path));
    const assets = settled(
      readDocument(document, (words) => answerOf(gold, words)),
      gold,
    );
    const shown = path.includes('ep1-6') ? inEpisodes(assets) : assets;
    const { characters, locations, props } = await score(shared!, goldOf(path), predictionOf(document, shown));
    expect(characters.over_merged + locations.over_merged + props.over_merged).toBe(0);
    expect(characters.bcubed.f1).toBeGreaterThanOrEqual(bar);
  });

  test('a drama of twenty episodes is read with less than 30,000 tokens of input, and one edited scene with a small part of them', async () => {
    const document = await parse(await readFile(join(scripts, 'zh_jindenglu.txt')), 'zh_jindenglu.txt');
    const { whole, scenes } = tokensOf(document);
    expect(whole).toBeLessThanOrEqual(30_000);
    expect(scenes).toHaveLength(97);
    expect(Math.max(...scenes)).toBeLessThanOrEqual(whole / 28);
  });
});
