// After one line of any scene of a whole season was changed, a small part of what the season took is asked: measured for its longest scenes.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type QuoteLine, quote } from '../../core/ai/index.ts';
import { reconcile } from '../../core/asset/reconcile.ts';
import { extractFrontMatter, knownForms, resolve } from '../../core/breakdown/index.ts';
import type { Extraction } from '../../core/breakdown/schema.ts';
import { givenFor } from '../../core/pipeline/extraction.ts';
import { newRow } from '../../core/pipeline/resolve.ts';
import { episodeReader } from '../../core/reader/extract/index.ts';
import { resolutionReader } from '../../core/reader/resolve/index.ts';
import { boardReader } from '../../core/reader/storyboard/index.ts';
import { parseText } from '../../core/script/index.ts';
import { holding } from '../../core/script/standalone.ts';
import { castOf } from '../../core/shot/library-cast.ts';
import { castIn } from '../../core/storyboard/index.ts';
import { plainReply } from '../../scripts/models/plain.ts';
import { aStage, type Stage } from '../ai/stage.ts';
import { directs } from '../kit/readers/storyboard.ts';

const drama = readFileSync('demo/zh_jindenglu.txt', 'utf8');
const style = { visualStyle: '', language: 'zh', aspect: '9:16' } as const;

let s: Stage;
let asking: { project: string; task: string };
beforeAll(async () => {
  s = await aStage();
  asking = { project: 'prj_1', task: await s.aTask() };
  s.scripted.say((request) => {
    const asked = { messages: request.messages.map(({ role, text }) => ({ role, text })) } as never;
    return JSON.stringify(directs(asked) ?? plainReply(asked));
  });
});
afterAll(() => s.t.stop());

type Asked = Readonly<Record<'extract' | 'resolve' | 'storyboard' | 'input' | 'all' | 'calls', number>>;
const sum = (of: readonly number[]) => of.reduce((all, one) => all + one, 0);

function counted(lines: readonly QuoteLine[]): Asked {
  const input = (use: string) => sum(lines.filter((line) => line.use === use).map((line) => line.input));
  const all = sum(lines.map(({ output }) => output));
  const [extract, boards, doubts] = [input('extract'), input('storyboard'), input('resolve')];
  const total = extract + boards + doubts;
  const calls = sum(lines.map((line) => line.calls));
  return { extract, resolve: doubts, storyboard: boards, input: total, all: total + all, calls };
}

/** What was read of the episodes last. */
const told = new Map<number, Extraction>();

/** What these episodes of the text would take now, and the doubts of all; `ask`: and is asked. */
async function broken(text: string, numbers: readonly number[], ask = false) {
  const document = parseText(text);
  const known = knownForms(document);
  const episodes = document.episodes.filter(({ number }) => numbers.includes(number));
  const lines: QuoteLine[] = [];
  const now = new Map(told);
  for (const episode of episodes) {
    const given = givenFor(holding(episode, document), known);
    const reader = await episodeReader(s.ctx, { ...asking, episode: episode.number }, given);
    const { expected, value } = await reader.foresee();
    lines.push(...(await quote(s.ctx, expected)).lines);
    now.set(episode.number, value);
    if (ask) told.set(episode.number, (await reader.read()).value);
  }
  const extractions = [extractFrontMatter(document), ...(ask ? told : now).values()];
  const doubts = await resolutionReader(s.ctx, asking, { extractions, prior: [] });
  lines.push(...(await quote(s.ctx, doubts.expected)).lines);
  const resolution = resolve(extractions, [], ask ? (await doubts.ask()).opinions : await doubts.recall());
  const task = { id: 'tsk_1', attempt: 1, createdAt: 0, project: 'prj_1' };
  const cast = castOf(reconcile([], resolution.assets, (asset) => newRow(s.ctx, task, asset)).created, resolution);
  for (const episode of episodes) {
    const given = { episode, cast: castIn(episode, cast), style };
    const reader = await boardReader(s.ctx, { ...asking, episode: episode.number }, given);
    lines.push(...(await quote(s.ctx, await reader.expected())).lines);
    if (ask) expect((await reader.read()).draft).toBeUndefined();
  }
  return counted(lines);
}

type Scene = ReturnType<typeof parseText>['episodes'][number]['scenes'][number];

const lengthOf = ({ elements }: Scene) => sum(elements.map(({ text }) => text.length));

/** The text with the first line somebody says in the scene said otherwise, or the first that shows something. */
function editedIn(text: string, { elements }: Scene) {
  const long = elements.filter(({ text: words }) => words.length > 4);
  const at = (long.find(({ kind }) => kind === 'dialogue') ?? long.find(({ kind }) => kind === 'action'))!.endLine - 1;
  const lines = text.split('\n');
  return lines.with(at, `${lines[at]!.replace(/[。！？]?\s*$/, '')}，你说是不是？`).join('\n');
}

test('a season is within the tokens that are promised, and each of its longest scenes, edited alone, within 2 % of them', async () => {
  const { episodes } = parseText(drama);
  const numbers = episodes.map(({ number }) => number);
  const season = await broken(drama, numbers, true);
  expect(season.input).toBeLessThanOrEqual(120_000);
  expect((await broken(drama, numbers)).calls).toBe(0);
  const scenes = episodes.flatMap((episode) => episode.scenes.map((scene) => ({ episode: episode.number, scene })));
  expect(scenes).toHaveLength(97);
  const asked: Asked[] = [];
  // the longest take the most
  const longest = scenes.toSorted((a, b) => lengthOf(b.scene) - lengthOf(a.scene)).slice(0, 15);
  for (const { episode, scene } of longest) asked.push(await broken(editedIn(drama, scene), [episode]));
  const worst = (of: (one: Asked) => number) => Math.max(...asked.map(of));
  // everything that is said on both sides
  expect(worst(({ all }) => all)).toBeLessThanOrEqual(0.015 * season.all);
  // what is sent, but for doubts about who is who that rest on the line: those are asked anew
  expect(worst(({ extract, storyboard }) => extract + storyboard)).toBeLessThanOrEqual(0.019 * season.input);
  expect(worst(({ input }) => input)).toBeLessThanOrEqual(0.023 * season.input);
  expect(asked.every(({ calls }) => calls <= 3)).toBe(true);
}, 600_000);
