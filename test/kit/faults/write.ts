// A script of two episodes written from an idea, with the fault in its outline or in its episodes.
import { getBlob } from '../../../core/platform/blob.ts';
import * as Project from '../../../core/project/index.ts';
import { loadRevision, loadScript } from '../../../core/revision/store.ts';
import { parse } from '../../../core/script/index.ts';
import * as Task from '../../../core/task/index.ts';
import * as Writing from '../../../core/task/writing/index.ts';
import { written } from '../write.ts';
import { foreignWords } from './season.ts';
import type { Stand } from './stand.ts';
import { type Ended, endOf, promptOf, type Step, type TaskShown, type Work } from './step.ts';

const { language } = foreignWords;
const asked = 2;

/** The steps of writing; a script that is half a draft is none, so there are no drafts. */
export const writingSteps = {
  outline: {
    name: 'outline',
    isObject: true,
    hasDrafts: false,
    spoilings: ['foreign'],
    endures: [],
    isAsked: (request) => promptOf(request).startsWith('Idea:\n'),
    spoiled: (answer) => {
      const { episodes, ...whole } = answer as { episodes: object[] };
      return { ...whole, logline: language, episodes: episodes.map((one) => ({ ...one, beat: language })) };
    },
    begin,
  },
  write: {
    name: 'write',
    isObject: false,
    hasDrafts: false,
    spoilings: ['foreign'],
    endures: [],
    isAsked: (request) => /\n\nEpisode: \d+ /.test(promptOf(request)),
    spoiled: () => `${language}. `.repeat(20),
    begin,
  },
} as const satisfies Record<string, Step>;

async function begin(stand: Stand): Promise<Work> {
  const { ctx } = stand;
  const { id: projectId } = await Project.create(ctx, { title: '守灯' });
  const brief = { projectId, idea: '守灯人等一条不来的船', genre: '悬疑', episodes: asked, episodeCharacters: 300 };
  const { taskId } = await Writing.generateScript(ctx, brief);
  const ended = async (): Promise<Ended> => {
    const task = await written(ctx, taskId);
    return endOf(task, await silentIn(stand, task));
  };
  return {
    run: ended,
    retry: async () => {
      await Task.retry(ctx, { id: taskId });
      return ended();
    },
  };
}

/** Episodes that are not there and nobody speaks of, and a script that cannot be read. */
async function silentIn({ ctx }: Stand, task: TaskShown): Promise<string[]> {
  const { parts } = await Task.text(ctx, { id: task.id });
  const whole = new Set(parts.filter((part) => part.whole).map(({ number }) => number));
  const told = new Set(task.failed.map(({ episode }) => episode));
  const numbers = Array.from({ length: asked }, (_, at) => at + 1);
  const silent = numbers
    .filter((number) => task.status !== 'failed' && !whole.has(number) && !told.has(number))
    .map((number) => `episode ${number} is not written`);
  if (task.status === 'failed') return silent;
  const { revision } = await loadScript(ctx, task.scriptId);
  const { sourceKey } = await loadRevision(ctx, task.scriptId, revision);
  const document = await parse((await getBlob(ctx, sourceKey)) ?? new Uint8Array(), 'script.txt');
  if (document.episodes.length !== whole.size) silent.push(`${document.episodes.length} episodes in the script, ${whole.size} were written`); // biome-ignore format: one thought
  if (JSON.stringify(document).includes(language)) silent.push('the script is in another language');
  return silent;
}
