// What writing would cost is told before it is begun, and nobody is asked for it.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inputTokens } from '../../core/ai/estimate.ts';
import * as Quote from '../../core/quote/index.ts';
import * as Script from '../../core/revision/index.ts';
import * as Task from '../../core/task/index.ts';
import * as Writing from '../../core/task/writing/index.ts';
import { usageOf } from '../ai/stage.ts';
import { drama } from '../kit/drama.ts';
import { written } from '../kit/write.ts';
import { aStudio, type Studio } from './stage.ts';

let s: Studio;
let project: string;
beforeAll(async () => {
  s = await aStudio();
});
afterAll(() => s.t.stop());
beforeEach(async () => {
  s.play(() => undefined);
  project = await s.project();
});

/** Tokens of what was asked, texts alone. */
const inputAsked = () => s.asked.reduce((sum, request) => sum + inputTokens(request, request.schema?.jsonSchema), 0);
const codes = ({ notices }: { notices: { code: string }[] }) => notices.map(({ code }) => code);

describe('a script from an idea', () => {
  const brief = () => ({ projectId: project, idea: '守灯人', genre: '悬疑', episodes: 4, episodeCharacters: 600 });

  test('is an outline and its episodes; as much is asked as was told, about, and the advised cap is enough', async () => {
    const quote = await Quote.generateScript(s.ctx, brief());
    expect(s.asked).toEqual([]);
    expect(quote).toMatchObject({ episodes: 4, total: { calls: 5 }, stored: { calls: 0 } });
    expect(quote.lines.map(({ use, episode }) => [use, episode])).toEqual(
      [null, 1, 2, 3, 4].map((one) => ['write', one]),
    );
    expect(codes(quote)).toContain('QUOTE_ESTIMATED');
    const { taskId } = await Writing.generateScript(s.ctx, { ...brief(), cap: quote.cap.advised ?? 0 });
    expect(await written(s.ctx, taskId)).toMatchObject({ status: 'completed' });
    expect(quote.total.input / inputAsked()).toBeGreaterThan(0.7);
    // outlines of the plain writer are short
    expect(quote.total.input / inputAsked()).toBeLessThan(2.2);
  });

  test('that was written is there, as far as the next would ask the same', async () => {
    await written(s.ctx, (await Writing.generateScript(s.ctx, brief())).taskId);
    // the outline, and the first episode, which stands behind nothing
    expect((await Quote.generateScript(s.ctx, brief())).stored.calls).toBe(2);
  });

  test('under a title of its own is there too, though the outline has another; to quote it leaves no trace', async () => {
    const titled = { ...brief(), title: '最后一盏灯' };
    const { taskId } = await Writing.generateScript(s.ctx, titled);
    await written(s.ctx, taskId);
    const rows = await usageOf(s.ctx, taskId);
    expect((await Quote.generateScript(s.ctx, titled)).stored.calls).toBe(2);
    expect(await usageOf(s.ctx, 'quote')).toEqual([]);
    expect(await usageOf(s.ctx, taskId)).toEqual(rows);
  });
});

describe('on a script there is', () => {
  const aScript = async () => (await Script.create(s.ctx, { projectId: project, rawText: drama })).id;

  test('one rewriting is known to the token, and free when it was done', async () => {
    const asked = { projectId: project, scriptId: await aScript(), episodes: [1], instruction: '更紧张' };
    const quote = await Quote.rewriteScript(s.ctx, asked);
    expect(quote).toMatchObject({ total: { calls: 1 }, stored: { calls: 0 } });
    expect(codes(quote)).not.toContain('QUOTE_ESTIMATED');
    await written(s.ctx, (await Writing.rewriteScript(s.ctx, asked)).taskId);
    expect(quote.total.input).toBe(inputAsked());
    const again = { ...asked, scriptId: await aScript() };
    expect(await Quote.rewriteScript(s.ctx, again)).toMatchObject({ total: { calls: 0 }, stored: { calls: 1 } });
  });

  test('more episodes are an outline and themselves', async () => {
    const asked = { projectId: project, scriptId: await aScript(), episodes: 2 };
    const quote = await Quote.continueScript(s.ctx, asked);
    expect(quote.lines.map(({ episode }) => episode)).toEqual([null, 3, 4]);
    expect(s.asked).toEqual([]);
  });

  test('more episodes that were written behind the same words are there: their outline and the first', async () => {
    const asked = { projectId: project, scriptId: await aScript(), episodes: 2 };
    await written(s.ctx, (await Writing.continueScript(s.ctx, asked)).taskId);
    const again = { ...asked, scriptId: await aScript() };
    expect(await Quote.continueScript(s.ctx, again)).toMatchObject({ total: { calls: 1 }, stored: { calls: 2 } });
    expect(await usageOf(s.ctx, 'quote')).toEqual([]);
  });
});

test('where the work would be refused, its quote is', async () => {
  const asked = { projectId: project, idea: '守灯人', genre: '悬疑', episodes: 1 };
  await expect(Quote.generateScript(s.ctx, { ...asked, provider: 'builtin' })).rejects.toMatchObject({ code: 'WRITING_NEEDS_MODEL' }); // biome-ignore format: one thought
  await expect(Quote.generateScript(s.t.other, asked)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const on = { projectId: project, scriptId: 'scr_nothing', episodes: 1 };
  await expect(Quote.continueScript(s.ctx, on)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await Task.list(s.ctx, { projectId: project })).items).toEqual([]);
});
