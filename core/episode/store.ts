// How episodes are kept. An episode's id is made of its project and number, so one read finds it and no number can occur twice.
import { Entity } from 'electrodb';
import type { Extraction } from '../breakdown/schema.ts';
import { getJson } from '../platform/blob.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, notFound } from '../platform/failure.ts';
import { byTenant, number, text } from '../platform/keys.ts';
import { everything } from '../platform/page.ts';
import { within } from '../platform/reach.ts';
import type { Document, Episode } from '../script/schema.ts';
import type { EpisodeInfo, EpisodeStatus } from './schema.ts';

export type EpisodeRow = {
  tenant: string;
  project: string;
  number: number;
  /** Number in its script; differs where two scripts of a project use the same one. */
  sourceNumber: number;
  script: string;
  revision: number;
  title: string;
  status: EpisodeStatus;
  storyboardStatus: EpisodeStatus;
  errorCode?: string | undefined;
  scenes: number;
  dialogue: number;
  action: number;
  /** Parsed episode: a Document that holds this one episode. */
  documentKey: string;
  /** Its first line in the source. */
  line: number;
  /** Extraction, once there is one; it counts lines from the episode's first. */
  extractionKey?: string | undefined;
  /** The `documentKey` it was extracted from; another one than the episode's own is of an older revision. */
  extractedFrom?: string | undefined;
  /** Revision of its script that it is no longer in. The episode stays to be read, with its storyboard. */
  removedIn?: number | undefined;
  version: number;
  updatedAt: number;
};

export const EpisodeEntity = new Entity({
  model: { entity: 'episode', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    project: text,
    number: { type: 'number', required: true, padding: { length: 6, char: '0' } },
    sourceNumber: number,
    script: text,
    revision: number,
    title: text,
    status: text,
    storyboardStatus: text,
    errorCode: { type: 'string' },
    scenes: number,
    dialogue: number,
    action: number,
    documentKey: text,
    line: number,
    extractionKey: { type: 'string' },
    extractedFrom: { type: 'string' },
    removedIn: { type: 'number' },
    version: number,
    updatedAt: number,
  },
  indexes: {
    primary: {
      pk: byTenant,
      sk: { field: 'sk', composite: ['project', 'number'], template: 'EPISODE#${project}#${number}', casing: 'none' },
    },
  },
});

/** `epi_<ulid of the project>_<number>` */
export const episodeId = (project: string, episode: number): string => `epi_${project.slice(4)}_${episode}`;

/** Project and number behind an episode id. Throws NOT_FOUND for anything else. */
export function readEpisodeId(id: string): { project: string; number: number } {
  const [, ulid, digits] = /^epi_([0-9a-z]{26})_(\d{1,6})$/.exec(id) ?? [];
  if (!ulid || !digits) throw notFound();
  return { project: `prj_${ulid}`, number: Number(digits) };
}

/** The row of one episode. Throws NOT_FOUND, for one out of reach too; FORBIDDEN. */
export async function load(ctx: Ctx, project: string, episode: number): Promise<EpisodeRow> {
  within(ctx, project);
  const { data } = await EpisodeEntity.get({ tenant: ctx.tenant, project, number: episode }).go({
    ...ctx.stores.core,
    consistent: true,
  });
  if (!data) throw notFound();
  return data as EpisodeRow;
}

/** The row behind an episode's id, for work on it: it must be in its script. Throws NOT_FOUND, EPISODE_REMOVED. */
export async function loadInScript(ctx: Ctx, id: string): Promise<EpisodeRow> {
  const { project, number: episode } = readEpisodeId(id);
  const row = await load(ctx, project, episode);
  if (row.removedIn !== undefined) throw new Failure('EPISODE_REMOVED', { revision: row.removedIn });
  return row;
}

/** All episodes of a project, in order; those that left their script too. */
export const loadAll = (ctx: Ctx, project: string): Promise<EpisodeRow[]> =>
  everything<EpisodeRow>(ctx, EpisodeEntity.query.primary({ tenant: ctx.tenant, project }), EpisodeEntity);

/** The episodes that are in their scripts. */
export const inScript = (rows: readonly EpisodeRow[]): EpisodeRow[] =>
  rows.filter(({ removedIn }) => removedIn === undefined);

/** The parsed episode. Throws NOT_FOUND when its body is gone. */
export async function loadContent(ctx: Ctx, row: EpisodeRow): Promise<{ document: Document; episode: Episode }> {
  const document = await getJson<Document>(ctx, row.documentKey);
  const episode = document?.episodes[0];
  if (!document || !episode) throw notFound();
  const placed = { ...episode, number: row.number };
  return { document: { ...document, episodes: [placed] }, episode: placed };
}

/** What was extracted from the episode, its lines counted as the source does; undefined where there is nothing yet. */
export async function loadExtraction(ctx: Ctx, { extractionKey, line }: EpisodeRow): Promise<Extraction | undefined> {
  const stored = extractionKey === undefined ? undefined : await getJson<Extraction>(ctx, extractionKey);
  return stored && inSource(stored, line);
}

/** An extraction of an episode on its own, its lines counted as the source does. @param line first of the episode. */
export function inSource(stored: Extraction, line: number): Extraction {
  const placed = <T extends { line: number }>(one: T): T => ({ ...one, line: one.line + line - 1 });
  return {
    ...stored,
    mentions: stored.mentions.map(placed),
    hints: stored.hints.map((hint) => ({ ...hint, evidence: placed(hint.evidence) })),
    ...(stored.genders && { genders: stored.genders.map(placed) }),
    ...(stored.traits && { traits: stored.traits.map(placed) }),
  };
}

export const shown = (row: EpisodeRow): EpisodeInfo => ({
  ...row,
  id: episodeId(row.project, row.number),
  projectId: row.project,
  scriptId: row.script,
  errorCode: row.errorCode ?? null,
  removedIn: row.removedIn ?? null,
});
