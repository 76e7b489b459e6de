// Step 1. Read: from the uploaded bytes to one document, cut by episode; then the plan of the work.

import { knownForms } from '../breakdown/index.ts';
import { EpisodeEntity, type EpisodeRow, loadAll } from '../episode/store.ts';
import { getBlob, getJson, putBlob } from '../platform/blob.ts';
import { commit, inCommits, putting, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, notFound } from '../platform/failure.ts';
import { loadRevision, RevisionEntity, type RevisionRow, workKey } from '../revision/store.ts';
import { parse } from '../script/index.ts';
import type { Document, Episode } from '../script/schema.ts';
import { advance } from '../task/advance.ts';
import { mustBeNewest } from '../task/overtaken.ts';
import type { Run, TaskRow } from '../task/store.ts';
import { begun } from './begun.ts';
import { contentHash, engine } from './cache.ts';

/** Which episodes the next states work on. Goes through the state machine: numbers only. */
export type Plan = { extract: number[]; storyboard: number[] };

/** What the library and the plan need to know of each episode without opening it. */
type Outline = { number: number; title: string; scenes: number; dialogue: number; action: number }[];

/** An outline entry and the number its episode has in the project. */
type Placed = { entry: Outline[number]; number: number; before: EpisodeRow | undefined };

export async function read(ctx: Ctx, input: Run): Promise<Plan> {
  const task = await begun(ctx, input);
  const revision = await readRevision(ctx, task);
  const outline = await getJson<Outline>(ctx, `${revision.documentKey}/outline.json`);
  if (!outline || outline.length === 0) throw new Failure('NOTHING_TO_READ');
  const rows = await loadAll(ctx, task.project);
  mustBeNewest(task, rows);
  const placed = placedIn(rows, task.script, outline);
  const plan = planOf(task, placed);
  await keepEpisodes(ctx, task, revision, placed, new Set(plan.extract));
  const planned = [
    'read',
    ...plan.extract.map((n) => `extract:${n}`),
    'resolve',
    'snapshot',
    ...plan.storyboard.map((n) => `storyboard:${n}`),
  ];
  await advance(ctx, input, ({ steps }) =>
    steps.some(({ name }) => name === 'read')
      ? undefined
      : {
          status: 'running',
          planned,
          steps: [...steps, { name: 'read', cached: false }],
          message: { word: 'read', values: { episodes: outline.length } },
        },
  );
  return plan;
}

/**
 * Numbers in the project: as written, unless another script of the project has that number already; then the next free one.
 * An episode once placed keeps its number.
 */
function placedIn(rows: EpisodeRow[], script: string, outline: Outline): Placed[] {
  const mine = new Map(rows.filter((row) => row.script === script).map((row) => [row.sourceNumber, row]));
  const taken = new Set(rows.map((row) => row.number));
  let free = Math.max(0, ...taken, ...outline.map(({ number }) => number));
  return outline.map((entry) => {
    const before = mine.get(entry.number);
    if (before) return { entry, number: before.number, before };
    return { entry, number: taken.has(entry.number) ? ++free : entry.number, before: undefined };
  });
}

function planOf({ order }: TaskRow, placed: Placed[]): Plan {
  const asked = new Set(order.episodes);
  const numbers = placed.map(({ number }) => number).filter((number) => asked.size === 0 || asked.has(number));
  return {
    extract: order.storyboardOnly ? [] : numbers,
    storyboard: order.through === 'storyboard' ? numbers : [],
  };
}

async function readRevision(ctx: Ctx, task: TaskRow): Promise<RevisionRow> {
  const revision = await loadRevision(ctx, task.script, task.revision);
  if (revision.status === 'read') return revision;
  const bytes = await getBlob(ctx, revision.sourceKey);
  if (!bytes) throw notFound();
  try {
    const document = await parse(bytes, revision.fileName);
    const documentKey = await keepDocument(ctx, task.project, document);
    return await keepRevision(ctx, revision, {
      status: 'read',
      format: document.format,
      encoding: document.encoding,
      quality: document.quality,
      // a row holds 400 KB; the document keeps every warning
      warnings: document.warnings.slice(0, 200),
      documentKey,
    });
  } catch (error) {
    if (error instanceof Failure && error.status < 500)
      await keepRevision(ctx, revision, { status: 'failed', errorCode: error.code });
    throw error;
  }
}

async function keepRevision(ctx: Ctx, before: RevisionRow, change: Partial<RevisionRow>): Promise<RevisionRow> {
  const next = { ...before, ...change, version: before.version + 1 };
  const put = RevisionEntity.put({ ...next, format: next.format ?? undefined }).where(({ version }, { eq }) =>
    eq(version, before.version),
  );
  await commit(ctx, {
    rows: [putting(ctx.stores.core, put)],
    facts: [
      {
        type: 'script.revised',
        subject: before.script,
        project: before.project,
        detail: { revision: before.number, status: next.status },
      },
    ],
  });
  return next;
}

/**
 * Writes the document cut by episode; the outline goes last, so that a folder with an outline is whole. Answers the folder.
 * The same bytes under another name may be read otherwise, so format and title name the folder too.
 */
async function keepDocument(ctx: Ctx, project: string, document: Document): Promise<string> {
  const { episodes, ...rest } = document;
  const folder = workKey(ctx, project, 'documents', contentHash(engine.read, rest.sha256, rest.format, rest.title));
  const json = (name: string, value: unknown) => putBlob(ctx, `${folder}/${name}`, JSON.stringify(value));
  await json('document.json', document);
  await json('front.json', { ...rest, episodes: [] });
  await json('known.json', knownForms(document));
  for (const episode of episodes) await json(`episode-${episode.number}.json`, alone(rest, episode));
  await json('outline.json', episodes.map(outlined));
  return folder;
}

/** A document that holds one episode and the front matter's people. */
const alone = (rest: Omit<Document, 'episodes'>, episode: Episode): Document => ({
  ...rest,
  notes: [],
  warnings: [],
  episodes: [episode],
});

const outlined = (episode: Episode): Outline[number] => {
  const elements = episode.scenes.flatMap((scene) => scene.elements);
  const count = (...kinds: string[]) => elements.filter(({ kind }) => kinds.includes(kind)).length;
  return {
    number: episode.number,
    title: episode.title,
    scenes: episode.scenes.length,
    dialogue: count('dialogue', 'lyric'),
    action: count('action'),
  };
};

/** Makes or renews the rows of the episodes this task extracts; the others keep the revision they have. */
async function keepEpisodes(
  ctx: Ctx,
  task: TaskRow,
  revision: RevisionRow,
  placed: Placed[],
  worked: Set<number>,
): Promise<void> {
  const rows = placed
    .filter(({ number }) => worked.has(number))
    .map((place) => episodeWrite(ctx, task, place, `${revision.documentKey}/episode-${place.entry.number}.json`));
  for (const some of inCommits(rows)) if (some.length > 0) await commit(ctx, { rows: some });
}

function episodeWrite(ctx: Ctx, task: TaskRow, { entry, number, before }: Placed, documentKey: string): Write {
  const next: EpisodeRow = {
    ...before,
    ...entry,
    tenant: ctx.tenant,
    project: task.project,
    number,
    sourceNumber: entry.number,
    script: task.script,
    revision: task.revision,
    status: 'ANALYZING',
    storyboardStatus: before?.storyboardStatus ?? 'PENDING',
    errorCode: undefined,
    documentKey,
    version: (before?.version ?? 0) + 1,
    updatedAt: ctx.now(),
  };
  const put = before
    ? EpisodeEntity.put(next).where(({ version }, { eq }) => eq(version, before.version))
    : EpisodeEntity.create(next);
  return putting(ctx.stores.core, put);
}
