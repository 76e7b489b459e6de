// A storyboard as a file: the page with its panels, the shot list for spreadsheets, or JSON.
import type { Standing } from '../asset/standing.ts';
import type { AssetRow } from '../asset/store.ts';
import * as Episode from '../episode/index.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, notFound } from '../platform/failure.ts';
import { bytesOf, FileAnswer, mostBytes } from '../platform/file-answer.ts';
import { noteAlone } from '../platform/note.ts';
import { verb } from '../platform/verb.ts';
import * as Project from '../project/index.ts';
import {
  aspectOf,
  coverage,
  type Story,
  type StoryAsset,
  type StoryShot,
  shotsCsv,
  storyHtml,
  storyJson,
} from '../storyboard/index.ts';
import { followed } from './followed.ts';
import { openLibrary } from './library-cast.ts';
import { ExportStoryboard } from './schema.ts';
import { loadBoard, loadShots, readBoardId, type ShotRow } from './store.ts';

const formats = {
  html: { write: storyHtml, contentType: 'text/html; charset=utf-8' },
  csv: { write: shotsCsv, contentType: 'text/csv; charset=utf-8' },
  json: { write: storyJson, contentType: 'application/json; charset=utf-8' },
} as const;

export const exported = verb({
  name: 'storyboard.export',
  summary: 'The storyboard as a file: html (a page with panels), csv (a shot list) or json.',
  needs: 'storyboard:read',
  input: ExportStoryboard,
  output: FileAnswer,
  run: async (ctx, { id, format, sceneId }) => {
    const { project, episode } = readBoardId(id);
    const story = await storyOf(ctx, id, await loadBoard(ctx, project, episode), sceneId);
    const { write, contentType } = formats[format];
    const body = write(story);
    const bytes = bytesOf(body);
    if (bytes > mostBytes)
      throw new Failure('EXPORT_TOO_LARGE', { megabytes: megabytes(bytes), limit_megabytes: megabytes(mostBytes) });
    await noteAlone(ctx, { object: id, project, after: { format, bytes, ...(sceneId && { sceneId }) } });
    const scene = sceneId === undefined ? '' : `-${story.episodes[0]?.shots[0]?.sceneNumber ?? ''}`;
    return { fileName: `${fileName(story.title)}-${episode}${scene}.${format}`, contentType, body };
  },
});

const megabytes = (bytes: number): number => Math.round((10 * bytes) / 1024 / 1024) / 10;

/** A title without what file systems refuse. */
const fileName = (title: string): string =>
  Array.from(title.replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ').trim())
    .slice(0, 80)
    .join('') || 'storyboard';

/** One episode, or one scene of it, with the part of the library its shots refer to. Throws NOT_FOUND for a scene without shots. */
async function storyOf(
  ctx: Ctx,
  board: string,
  { project, episode: number }: { project: string; episode: number },
  sceneId: string | undefined,
): Promise<Story> {
  const [{ title, imageSize }, { episode }, rows, { assets, cast, standing }] = await Promise.all([
    Project.load(ctx, project),
    Episode.load(ctx, project, number).then((row) => Episode.loadContent(ctx, row)),
    loadShots(ctx, board),
    openLibrary(ctx, project),
  ]);
  const inScene = <T>(list: readonly T[], scene: (item: T) => string) =>
    list.filter((item) => sceneId === undefined || scene(item) === sceneId);
  const shots = inScene(rows, ({ content }) => content.sceneId).map((row) => storyShot(row, standing));
  if (sceneId !== undefined && shots.length === 0) throw notFound();
  const used = new Set(shots.flatMap((shot) => [...shot.blocking.map((one) => one.assetId), ...shot.propAssetIds]));
  const scenes = inScene(episode.scenes, (scene) => scene.id);
  const report = coverage({ ...episode, scenes }, shots, cast);
  return {
    title,
    aspect: aspectOf(imageSize),
    assets: assets
      .filter(({ id, status, episodes }) => status === 'active' && (episodes.includes(number) || used.has(id)))
      .map(storyAsset),
    episodes: [{ number, title: episode.title, scenes: scenes.map(named), shots, coverage: report }],
  };
}

const named = ({ id, number, heading }: Story['episodes'][number]['scenes'][number]) => ({ id, number, heading });

const storyShot = ({ id, content, locked, edited, status, note }: ShotRow, standing: Standing): StoryShot => ({
  ...followed(content, standing),
  id,
  locked,
  edited,
  status,
  note,
});

const storyAsset = ({ id, kind, name, forms, description, attributes, episodes, variants }: AssetRow): StoryAsset => ({
  id,
  kind,
  name,
  aliases: forms.map(({ surface }) => surface).filter((surface) => surface !== name),
  description,
  attributes,
  episodes,
  variants: variants.map((variant) => ({ name: variant.name, description: variant.description })),
});
