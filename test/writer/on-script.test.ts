// Writing on a script there is: rewriting some of it, going on with it. What is not asked for stays to the letter.
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as Script from '../../core/revision/index.ts';
import { parse } from '../../core/script/index.ts';
import * as Task from '../../core/task/index.ts';
import * as Writing from '../../core/task/writing/index.ts';
import { spliced } from '../../core/writer/script/splice.ts';
import { drama } from '../kit/drama.ts';
import { written } from '../kit/write.ts';
import { aStudio, episodeOf, plainly, type Studio } from './stage.ts';

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

const aScript = async (text = drama, fileName = 'script.txt') =>
  (await Script.create(s.ctx, { projectId: project, rawText: text, fileName })).id;
const textOf = async (script: string, revision: number) =>
  Buffer.from(await s.bytesOf(script, revision)).toString('utf8');
const scenesOf = async (script: string, revision = 1) =>
  (await parse(await s.bytesOf(script, revision), 'script.txt')).episodes.map(({ scenes }) => scenes);

type Rewriting = Partial<Parameters<typeof Writing.rewriteScript>[1]>;
const rewriting = async (scriptId: string, more: Rewriting) =>
  (await Writing.rewriteScript(s.ctx, { projectId: project, scriptId, instruction: '更紧张', ...more })).taskId;
const continuing = async (scriptId: string, more: object = {}) =>
  (await Writing.continueScript(s.ctx, { projectId: project, scriptId, episodes: 2, ...more })).taskId;

/** What the plain writer adds to what it rewrites. */
const added = '△灯忽明忽暗。';

describe('scenes that are rewritten', () => {
  test('become a new revision, byte for byte the old one but for them', async () => {
    const script = await aScript();
    const [, [scene] = []] = await scenesOf(script);
    const task = await written(s.ctx, await rewriting(script, { scenes: [scene!.id] }));
    expect(task).toMatchObject({ status: 'completed', result: { revision: 2, written: 1, asked: 1 } });
    expect((await Script.get(s.ctx, { id: script })).revision).toBe(2);
    const [before, after] = [await textOf(script, 1), await textOf(script, 2)];
    expect(after.replace(`\n${added}`, '')).toBe(before);
    const [mine] = (await scenesOf(script, 2))[1]!;
    expect(mine?.elements.at(-1)?.text).toBe('灯忽明忽暗。');
    expect(s.asked).toHaveLength(1);
  });

  test('have no words to the author at their end, which would be filmed', async () => {
    const script = await aScript();
    const [, [scene] = []] = await scenesOf(script);
    s.play((request) => `${plainly(request)}\n\n以上是改写后的内容。\n希望您满意，如需调整请告诉我！`);
    await written(s.ctx, await rewriting(script, { scenes: [scene!.id] }));
    const [mine] = (await scenesOf(script, 2))[1]!;
    expect(mine?.elements.at(-1)?.text).toBe('灯忽明忽暗。');
    expect(s.asked).toHaveLength(1);
  });

  test('keep a last line of the script that sounds like such words', async () => {
    const last = '如需修改剧本，请告诉我。';
    const script = await aScript(`${drama.trimEnd()}\n\n${last}\n`);
    const scene = (await scenesOf(script)).flat().at(-1)!;
    s.play((request) => plainly(request));
    await written(s.ctx, await rewriting(script, { scenes: [scene.id] }));
    expect(await textOf(script, 2)).toContain(last);
    expect(s.asked).toHaveLength(1);
  });

  test('of a file with a mark at its beginning and Windows line ends keep both', async () => {
    const bytes = `\ufeff${drama.replaceAll('\n', '\r\n')}`;
    const script = await aScript(bytes);
    await written(s.ctx, await rewriting(script, { episodes: [1] }));
    const after = await textOf(script, 2);
    expect(after.replace(`\r\n${added}`, '')).toBe(bytes);
    expect(after.replaceAll('\r\n', '')).not.toContain('\n');
  });

  test('are shown with what stands before and behind, and with what is asked', async () => {
    const script = await aScript();
    const scenes = await scenesOf(script);
    await written(s.ctx, await rewriting(script, { scenes: [scenes[0]![1]!.id] }));
    const { text = '' } = s.asked[0]?.messages[0] ?? {};
    expect(text).toContain('更紧张');
    expect(text).toContain(scenes[0]![0]!.elements.at(-1)!.text);
    expect(text).toContain(scenes[0]![1]!.heading);
  });

  test('in several episodes are asked for one after another; one that cannot be had leaves the others', async () => {
    const script = await aScript();
    s.play(({ messages }) =>
      messages[0]!.text.includes('Part to rewrite:\n第2集') ? { text: '', fails: 'moderation' } : undefined,
    );
    const id = await rewriting(script, { episodes: [1, 2] });
    expect(await written(s.ctx, id)).toMatchObject({
      status: 'partial',
      result: { revision: 2, written: 1, asked: 2 },
      failed: [{ episode: 2, code: 'PROMPT_BLOCKED' }],
    });
    s.play(() => undefined);
    await Task.retry(s.ctx, { id });
    expect(await written(s.ctx, id)).toMatchObject({ status: 'completed', result: { revision: 3, written: 2 } });
    expect(s.asked).toHaveLength(1);
    expect((await textOf(script, 3)).replaceAll(`\n${added}`, '')).toBe(drama);
  });

  test.each<[string, (part: string) => string]>([
    ['one scene more', (part) => `${part}\n\n1-9 日 内 别处\n人物：某甲\n某甲：我也来。`],
    ['no heading', (part) => part.split('\n').slice(1).join('\n')],
    ['nothing changed', (part) => part],
    ['another language', () => 'INT. ROOM - DAY\n\nSomebody enters the room.\n\nBOB\nHello there, old friend.'],
  ])('with %s are asked for again, and are no revision', async (_, spoil) => {
    const script = await aScript();
    const [[scene] = []] = await scenesOf(script);
    s.play(({ messages }) => spoil(/Part to rewrite:\n([\s\S]*)$/.exec(messages[0]!.text)?.[1] ?? ''));
    const task = await written(s.ctx, await rewriting(script, { scenes: [scene!.id] }));
    expect(task).toMatchObject({ status: 'failed', errorCode: 'MODEL_ANSWER_UNUSABLE' });
    expect(s.asked).toHaveLength(2);
    expect((await Script.get(s.ctx, { id: script })).revision).toBe(1);
  });
});

describe('a script that goes on', () => {
  test('has the new episodes behind it, numbered on, and begins byte for byte as it was', async () => {
    const script = await aScript();
    const task = await written(s.ctx, await continuing(script, { instruction: '他们回到码头' }));
    expect(task).toMatchObject({ status: 'completed', result: { revision: 2, written: 2, asked: 2 } });
    const after = await textOf(script, 2);
    expect(after.startsWith(drama)).toBe(true);
    const document = await parse(await s.bytesOf(script, 2), 'script.txt');
    expect(document.episodes.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(s.asked.map(episodeOf)).toEqual([0, 3, 4]);
    // what was told so far, and where it ended
    expect(s.asked[0]?.messages[0]?.text).toContain('他们回到码头');
    expect(s.asked[1]?.messages[0]?.text).toContain(drama.trimEnd().split('\n').at(-1));
  });

  test('without headings is refused: what is there would be read otherwise', async () => {
    const script = await aScript('客厅里，林晚推门。\n林晚说有人吗。\n她走了。\n');
    await expect(continuing(script)).rejects.toMatchObject({ code: 'SCRIPT_NOT_CONTINUED' });
  });
});

describe('whose script it is', () => {
  test('revised by somebody meanwhile it is left as they made it; what was written can be read', async () => {
    const script = await aScript();
    const id = await rewriting(script, { episodes: [1] });
    const task = await written(s.ctx, id, async () => {
      await Script.revise(s.ctx, { id: script, rawText: `${drama}\n` });
    });
    expect(task).toMatchObject({ status: 'failed', errorCode: 'SCRIPT_REVISED' });
    expect(await textOf(script, 2)).toBe(`${drama}\n`);
    expect((await Script.get(s.ctx, { id: script })).revision).toBe(2);
    expect((await Task.text(s.ctx, { id })).parts[0]).toMatchObject({ number: 1, whole: true });
    await expect(Task.retry(s.ctx, { id })).rejects.toMatchObject({ code: 'SCRIPT_REVISED' });
  });

  test('is written on by one at a time; another script, and a breakdown of it, may go on beside', async () => {
    const [script, other] = [await aScript(), await aScript(`${drama}\n`)];
    const id = await rewriting(script, { episodes: [1] });
    await expect(continuing(script)).rejects.toMatchObject({ code: 'ALREADY_RUNNING', details: { task_id: id } });
    const beside = await continuing(other);
    const { taskId } = await Task.parseScript(s.ctx, { projectId: project, scriptId: script, provider: 'builtin' });
    for (const one of [id, beside, taskId]) await Task.cancel(s.ctx, { id: one });
    await Task.cancel(s.ctx, { id: await continuing(script) });
  });

  test('of a deleted project is written on no more', async () => {
    const id = await rewriting(await aScript(), { episodes: [1] });
    await Task.stopIn(s.ctx, project);
    expect(await Task.get(s.ctx, { id })).toMatchObject({ status: 'cancelled' });
  });
});

describe('what is refused before anything is asked', () => {
  test.each([
    [{ episodes: [3] }, 'NOT_FOUND'],
    [{ scenes: ['s_nothing'] }, 'NOT_FOUND'],
    [{}, 'INVALID_REQUEST'],
    [{ episodes: [1], scenes: ['s_1'] }, 'INVALID_REQUEST'],
    [{ episodes: [] }, 'INVALID_REQUEST'],
    [{ episodes: [0] }, 'INVALID_REQUEST'],
    [{ episodes: [1], instruction: ' ' }, 'INVALID_REQUEST'],
    [{ episodes: [1], provider: 'builtin' }, 'WRITING_NEEDS_MODEL'],
    [{ episodes: [1], scriptId: 'scr_nothing' }, 'NOT_FOUND'],
  ])('rewriting %o: %s', async (more, code) => {
    await expect(rewriting(await aScript(), more)).rejects.toMatchObject({ code });
    expect(s.asked).toEqual([]);
  });

  test.each([
    [{ episodes: 0 }, 'INVALID_REQUEST'],
    [{ episodes: 101 }, 'INVALID_REQUEST'],
    [{ instruction: '' }, 'INVALID_REQUEST'],
    [{ episodeCharacters: 1 }, 'INVALID_REQUEST'],
    [{ episodeMinutes: 1, episodeCharacters: 500 }, 'INVALID_REQUEST'],
    [{ provider: 'builtin' }, 'WRITING_NEEDS_MODEL'],
    [{ scriptId: 'scr_nothing' }, 'NOT_FOUND'],
  ])('continuing %o: %s', async (more, code) => {
    await expect(continuing(await aScript(), more)).rejects.toMatchObject({ code });
    expect(s.asked).toEqual([]);
  });

  test('a script of another tenant, or of another project, is not there', async () => {
    const script = await aScript();
    const theirs = Writing.rewriteScript(s.as(s.t.other), { projectId: project, scriptId: script, episodes: [1], instruction: '短' }); // biome-ignore format: one thought
    await expect(theirs).rejects.toMatchObject({ code: 'NOT_FOUND' });
    project = await s.project();
    await expect(rewriting(script, { episodes: [1] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(continuing(script)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('a script that is no text is to be uploaded as one', async () => {
    const fdx = '<?xml version="1.0"?><FinalDraft DocumentType="Script"><Content><Paragraph Type="Scene Heading"><Text>INT. A - DAY</Text></Paragraph></Content></FinalDraft>'; // biome-ignore format: one thought
    const script = await aScript(fdx, 'script.fdx');
    await expect(continuing(script)).rejects.toMatchObject({ code: 'SCRIPT_NOT_TEXT', details: { format: 'fdx' } });
  });
});

test('what is put in the place of other parts leaves every other character as it was', () => {
  const piece = fc.string({ unit: fc.constantFrom('灯', 'a', ' ', '\n', '△', '：') });
  const some = fc.string({ unit: fc.constantFrom('灯', '\n'), minLength: 1 });
  fc.assert(
    fc.property(fc.array(fc.record({ kept: piece, old: some, text: piece })), piece, (parts, rest) => {
      let at = 0;
      const replacements = parts.map(({ kept, old, text }) => {
        const start = at + kept.length;
        at = start + old.length;
        return { span: { start, end: at }, text };
      });
      const text = parts.map(({ kept, old }) => kept + old).join('') + rest;
      const expected = parts.map((part) => part.kept + part.text).join('') + rest;
      expect(spliced({ text, feed: '\n' }, replacements.toReversed())).toBe(expected);
    }),
  );
});
