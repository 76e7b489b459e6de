// Prompts: blanks filled once, a tenant's own words, the way back.
import { globSync } from 'node:fs';
import { basename } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { house } from '../../core/ai/prompts/house.ts';
import { blanksOf, filled, type PromptSource, prompted } from '../../core/ai/prompts/prompt.ts';
import { promptFor } from '../../core/ai/prompts/store.ts';
import { promptVerbs } from '../../core/ai/prompts/verbs.ts';
import { type ATenant, aTenant } from '../kit/tenant.ts';

const source: PromptSource = {
  name: 'extract',
  version: 2,
  system: 'You read scripts.',
  user: 'Scenes: {{scenes}}\nKnown: {{known}}',
};
const { listPrompts, getPrompt, listEditions, setPrompt, rollBackPrompt } = promptVerbs([source]);
const fillings = { scenes: '1-1', known: '灯儿' };

let t: ATenant;
beforeAll(async () => {
  t = await aTenant();
});
afterAll(() => t.stop());

describe('a prompt', () => {
  test('names its version, and what fills a blank is not looked into again', () => {
    expect(prompted(source, { ...fillings, scenes: 'a {{known}} b' })).toEqual({
      name: 'extract', version: '2', system: source.system, messages: [{ role: 'user', text: 'Scenes: a {{known}} b\nKnown: 灯儿' }],
    }); // biome-ignore format: one thought
    expect(blanksOf(source)).toEqual(['scenes', 'known']);
  });

  test('with a blank that nothing fills is our own mistake', () => {
    expect(() => prompted(source, { scenes: '' })).toThrow('{{known}}');
  });

  test('takes any filling as it is', () => {
    fc.assert(
      fc.property(fc.string(), (words) => {
        expect(filled('<{{words}}>', { words })).toBe(`<${words}>`);
      }),
    );
  });
});

describe('a tenant’s own words', () => {
  const own = { system: '你是剧本分析师。', user: '场次：{{scenes}}；已知：{{known}}' };

  test('speak as a new edition, all are kept, any can be gone back to', async () => {
    await setPrompt(t.ctx, { name: 'extract', version: 0, ...own });
    const second = await setPrompt(t.ctx, { name: 'extract', version: 1, ...own, system: '第二版' });
    expect(second).toMatchObject({ edition: 2, version: 2, editions: 2, state: 'own', own: { replaces: 2 } });
    expect(await promptFor(t.ctx, source, fillings)).toMatchObject({ version: '2.t2', system: '第二版' });
    await rollBackPrompt(t.ctx, { name: 'extract', version: 2, edition: 1 });
    expect(await promptFor(t.ctx, source, fillings)).toMatchObject({
      version: '2.t1',
      system: own.system,
      messages: [{ text: '场次：1-1；已知：灯儿' }],
    });
    await rollBackPrompt(t.ctx, { name: 'extract', version: 3, edition: 0 });
    expect(await promptFor(t.ctx, source, fillings)).toMatchObject({ version: '2', system: source.system });
    const third = await setPrompt(t.ctx, { name: 'extract', version: 4, ...own });
    expect(third).toMatchObject({ edition: 3, own: { ...own, by: t.ctx.actor.id } });
    const first = await listEditions(t.as('viewer'), { name: 'extract', size: 2 });
    expect(first.items.map(({ edition }) => edition)).toEqual([3, 2]);
    const rest = await listEditions(t.ctx, { name: 'extract', size: 2, cursor: first.nextCursor ?? '' });
    expect(rest).toMatchObject({ items: [{ edition: 1, system: own.system }], nextCursor: null });
  });

  test('do not speak where ours have other blanks by now, and it is said', async () => {
    const newer = { ...source, version: 3, user: `${source.user}\nPlaces: {{places}}` };
    expect(await promptFor(t.ctx, newer, { ...fillings, places: '王府' })).toMatchObject({ version: '3' });
    expect(await promptVerbs([newer]).getPrompt(t.ctx, { name: 'extract' })).toMatchObject({ state: 'own_unfit' });
  });

  test('speak on where ours have only changed, and it is said', async () => {
    const reworded = { ...source, version: 3, system: 'You read scripts closely.' };
    expect(await promptFor(t.ctx, reworded, fillings)).toMatchObject({ version: '3.t3' });
    expect(await promptVerbs([reworded]).getPrompt(t.ctx, { name: 'extract' })).toMatchObject({
      state: 'own_outdated',
      ours: { version: 3, system: reworded.system },
    });
  });

  test.each([
    ['without a blank', { user: '{{scenes}}' }],
    ['with one nobody fills', { user: '{{scenes}} {{known}} {{secret}}' }],
  ])('%s are refused', async (_, wrong) => {
    await expect(setPrompt(t.ctx, { name: 'extract', version: 5, ...own, ...wrong })).rejects.toMatchObject({
      code: 'PROMPT_REFUSED',
    });
  });

  test('are refused at an old version, under another name, for an edition that is not there, and to editors', async () => {
    await expect(setPrompt(t.ctx, { name: 'extract', version: 0, ...own })).rejects.toMatchObject({
      code: 'STALE_VERSION',
    });
    await expect(setPrompt(t.ctx, { name: 'extract', ...own })).rejects.toMatchObject({ code: 'VERSION_REQUIRED' });
    await expect(getPrompt(t.ctx, { name: 'nothing' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(setPrompt(t.ctx, { name: 'nothing', version: 0, ...own })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(rollBackPrompt(t.ctx, { name: 'extract', version: 5, edition: 9 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(setPrompt(t.as('editor'), { name: 'extract', version: 5, ...own })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  test('are the tenant’s alone', async () => {
    expect((await listPrompts(t.other, {})).items).toMatchObject([{ name: 'extract', state: 'ours', editions: 0 }]);
    expect((await listEditions(t.other, { name: 'extract' })).items).toEqual([]);
    await expect(rollBackPrompt(t.other, { name: 'extract', version: 0, edition: 1 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await promptFor(t.other, source, fillings)).toMatchObject({ version: '2' });
  });
});

test('every prompt of work that people start can be said otherwise', async () => {
  const names = globSync('core/ai/prompts/*.v*.ts').map((path) => basename(path, '.ts'));
  const modules = await Promise.all(names.map((name) => import(`../../core/ai/prompts/${name}.ts`) as Promise<object>));
  const sources = modules.flatMap((module) => Object.values(module) as PromptSource[]);
  // what is said of an answer that was given
  const ofAnswers = ['continue', 'mend', 'reask'];
  expect(house.map(({ name }) => name).toSorted()).toEqual(
    sources
      .map(({ name }) => name)
      .filter((name) => !ofAnswers.includes(name))
      .toSorted(),
  );
});
