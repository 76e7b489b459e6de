// A shot of an older script in terms of a newer one: its citations, its scene and its key are taken over along the comparison.
import type { Successors } from '../revision/compare/index.ts';
import { apart, citedId, gone } from './citation.ts';
import { isKept } from './kept.ts';
import type { Line } from './parts.ts';
import { type Citation, citationsOf, isOfSame, isWhole, requoted, type Shot } from './reanchor/citations.ts';
import { together } from './reanchor/run.ts';
import type { ShotContent } from './schema.ts';
import { lasting } from './timing.ts';
import { retold } from './voiced.ts';

export type Reanchored = {
  readonly key: string;
  readonly content: ShotContent;
  /** Episode of the newer script it belongs to; undefined when nothing it stands on is in that script. */
  readonly episode: number | undefined;
  /** Elements it cites that it does not cover any more. */
  readonly lost: string[];
};

/**
 * Takes a shot over from one document to another. Words that changed are followed, except by a locked shot, which keeps what it says and shows:
 * it lets go of what reads otherwise now. A kept shot whose lines no longer stand together keeps the longest run of them;
 * the others go back to the storyboard, and a locked shot marks them as let go. Pure.
 */
export function reanchored(shot: Shot, to: Successors): Reanchored {
  const citations = citationsOf(shot, to);
  const run = isKept(shot) ? together(citations, to) : citations.filter(({ stands }) => stands !== undefined);
  const first = run.find(({ stands }) => stands?.now.scene)?.stands?.now;
  const home = first?.scene ? { scene: first.scene, episode: first.episode } : to.scene(shot.content.sceneId);
  const cited = contentOf(shot, citations, new Set(run), to);
  return {
    key: keyOf(shot.key, home?.scene.id, to),
    content: home ? placed(cited, home.scene) : cited,
    episode: home?.episode,
    lost: citations.filter((one) => !one.stands || (shot.locked && !run.includes(one))).map(({ id }) => citedId(id)),
  };
}

function placed(content: ShotContent, { id, number }: { id: string; number: string }): ShotContent {
  const track = content.track.startsWith(`${content.sceneNumber}/`)
    ? `${number}${content.track.slice(content.sceneNumber.length)}`
    : content.track;
  return { ...content, sceneId: id, sceneNumber: number, track };
}

function contentOf(
  shot: Shot,
  citations: readonly Citation[],
  run: ReadonlySet<Citation>,
  to: Successors,
): ShotContent {
  const { content, locked } = shot;
  const named = (one: Citation): string | undefined => {
    if (one.stands && run.has(one)) return one.stands.now.element.id;
    if (!one.stands) return gone(one.id);
    return locked ? apart(one.id) : undefined;
  };
  const shown = new Map(citations.filter(({ line }) => !line).map((one) => [one.id, one]));
  const said = new Map(citations.map((one) => [one.line, one]));
  const elementIds = content.elementIds.flatMap((id) => named(shown.get(id)!) ?? []);
  const lines = content.lines.flatMap((line): Line[] => {
    const one = said.get(line)!;
    const elementId = named(one);
    if (elementId === undefined) return [];
    return [{ ...line, ...(one.stands && run.has(one) && spoken(line, one.stands, locked, to)), elementId }];
  });
  if (locked) return { ...content, elementIds, lines };
  const words = requoted(content, [...run]);
  const isTimed = content.duration === lasting(content.lines, content.action);
  return {
    ...content,
    ...words,
    elementIds,
    lines,
    videoPrompt: retold(content.videoPrompt, content.lines, lines),
    duration: isTimed ? lasting(lines, words.action ?? content.action) : content.duration,
  };
}

/** What of a line follows the script. Its label does even in a locked shot: a person under a new name says the same. */
function spoken(
  line: Line,
  { was, now }: NonNullable<Citation['stands']>,
  locked: boolean,
  to: Successors,
): Partial<Line> {
  const speakers = now.element.speakers ?? [];
  if (locked) return { speakers };
  const { text, voice = line.voice, paren = '' } = now.element;
  // a line given to somebody else was framed for somebody else
  const framed = isOfSame(line, now, to) ? {} : { speakerAssetIds: [], onScreen: false };
  return { speakers, voice, paren, ...framed, ...(isWhole(line, was) && { text }) };
}

/** `scene:element`, with what stands behind the element, in terms of the newer script. */
function keyOf(key: string, scene: string | undefined, to: Successors): string {
  const [, former = '', source = '', rest = ''] = /^([^:]*):([^.#~]*)(.*)$/s.exec(key) ?? [];
  if (former === '') return key;
  return `${scene ?? former}:${to.is(source)?.element.id ?? source}${rest}`;
}
