// A whole season, and a script in English: what its prompts take, and that what a model does as it is told stands everywhere.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inputTokens } from '../../../core/ai/estimate.ts';
import { schemaOf } from '../../../core/ai/judge.ts';
import { extractDocument, resolve } from '../../../core/breakdown/index.ts';
import { newRow } from '../../../core/pipeline/resolve.ts';
import type { Ctx } from '../../../core/platform/ctx.ts';
import { parseText } from '../../../core/script/index.ts';
import { composeEpisode, type ShotContent, type StyleOptions } from '../../../core/storyboard/index.ts';
import { faultsOf as lacking } from '../../../core/storyboard/prompt-faults.ts';
import { batched } from '../../../core/writer/visual-prompt/batch.ts';
import { callOf } from '../../../core/writer/visual-prompt/call.ts';
import { faultsOf, sharesOf } from '../../../core/writer/visual-prompt/check.ts';
import { draftOf } from '../../../core/writer/visual-prompt/draft.ts';
import { groundOf } from '../../../core/writer/visual-prompt/ground.ts';
import { shotAfter } from '../../../core/writer/visual-prompt/lay.ts';
import { assetSubject } from '../../../core/writer/visual-prompt/of-asset.ts';
import { shotSubject } from '../../../core/writer/visual-prompt/of-shot.ts';
import { isPictured, targets } from '../../../core/writer/visual-prompt/pictured.ts';
import { settled } from '../../../core/writer/visual-prompt/settle.ts';
import type { Subject } from '../../../core/writer/visual-prompt/subject.ts';
import { goodAnswer, questions } from './stage.ts';

const languages = ['zh', 'en'] as const;

/** The drama as the engine reads it: its assets, and the shots of its episodes, as subjects. */
function told(text: string, visualStyle: string) {
  const document = parseText(text);
  const resolution = resolve(extractDocument(document), []);
  const task = { id: 'tsk_1', attempt: 1, createdAt: 1, project: 'prj_1' };
  const rows = resolution.assets.map((asset) => newRow({ tenant: 't', now: () => 1 } as Ctx, task, asset));
  const style: StyleOptions = { visualStyle, language: document.language, aspect: '9:16' };
  const library = groundOf(style, rows, resolution);
  const assets = rows.filter(isPictured).map((row) => assetSubject(row, library, languages));
  const episodes = document.episodes.map((episode) => {
    const ground = groundOf(style, rows, resolution, episode);
    const shots = composeEpisode(episode, ground.cast, style);
    return shots.map((shot, at) => ({
      shot: shot as ShotContent,
      subject: shotSubject(`${episode.number}-${at}`, shot, ground, { targets, languages }),
    }));
  });
  return { style, rows, library, assets, episodes };
}

const takes = (batches: readonly Subject[][]) => ({
  calls: batches.length,
  input: batches.reduce((sum, batch) => {
    const { prompt, schema } = callOf(batch, questions, false);
    return sum + inputTokens(prompt, schemaOf(schema));
  }, 0),
});

const season = told(readFileSync('demo/zh_jindenglu.txt', 'utf8'), '国风写实');
const english = told(readFileSync('test/breakdown/fixtures/harbour.fountain', 'utf8'), 'cinematic realism');

test('the prompts of a season take what docs/models.md says of them', () => {
  const shots = season.episodes.flatMap((episode) => batched(episode.map(({ subject }) => subject)));
  expect(season.assets.length).toBeGreaterThan(150);
  expect(takes(batched(season.assets)).calls).toBeLessThan(15);
  expect(takes(batched(season.assets)).input).toBeLessThan(7500);
  expect(takes(shots).input).toBeLessThan(95_000);
  expect(takes(shots).calls).toBeLessThan(100);
});

describe.each([
  ['a Chinese season', season],
  ['an English script', english],
])('%s', (_, { style, assets, episodes, rows, library }) => {
  test('has no subject of which a good answer is refused', () => {
    for (const batch of [...batched(assets), ...episodes.flatMap((all) => batched(all.map(({ subject }) => subject)))])
      expect(sharesOf(goodAnswer(batch), batch, style.language).flatMap(({ faults }) => faults)).toEqual([]);
  });

  test('has prompts that can be used alone in every shot', () => {
    for (const { shot, subject } of episodes.flat()) {
      const after = shotAfter(shot, settled(goodAnswer([subject]).prompts[0]!, subject, style.language));
      for (const name of ['imagePrompt', 'videoPrompt'] as const)
        for (const language of languages) expect(lacking(after, name, language), after[name][language]).toEqual([]);
    }
  });

  test('has an engine’s prompt for every asset, of a fit length', () => {
    for (const row of rows.filter(isPictured))
      for (const language of languages) {
        const draft = draftOf(row, library, language);
        expect(draft).toContain(row.name);
        expect(draft.length).toBeLessThanOrEqual(400);
      }
  });

  test('names a stranger wherever somebody is put in who is not there', () => {
    const somebody = rows.find(({ kind, importance }) => kind === 'character' && importance === 'main')!;
    const isNamed = (words: string) =>
      somebody.forms.some(({ surface }) => words.toLowerCase().includes(surface.toLowerCase()));
    const without = episodes.flat().filter(({ subject }) => !isNamed(subject.facts));
    expect(without.length).toBeGreaterThan(0);
    for (const { subject } of without) {
      const [row] = goodAnswer([subject]).prompts;
      const faults = faultsOf({ ...row!, zh: `${row!.zh}，${somebody.name} 站在一旁` }, subject, style.language);
      expect(faults).toEqual([`zh names ${somebody.name}, who is not in it`]);
    }
  });
});
