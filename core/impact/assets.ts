// Which assets lose places or names. Pure.
import type { LibraryRow } from '../asset/library.ts';
import { owning } from '../asset/mentions.ts';
import type { AssetRow } from '../asset/store.ts';
import type { Mention } from '../breakdown/schema.ts';
import type { Successors } from '../revision/compare/index.ts';
import type { Document, Element, Scene } from '../script/schema.ts';
import type { AssetImpact } from './schema.ts';

/** Mentions of one episode, and the way to the newer document; none for an episode that stays as it is. */
export type Told = { readonly mentions: readonly Mention[]; readonly to: Successors | undefined };

type Words = Pick<Document, 'episodes' | 'biographies'>;

/** Assets that lose mentions or forms, those that lose most of theirs first. */
export function assetImpacts(
  assets: readonly AssetRow[],
  library: LibraryRow | undefined,
  told: readonly Told[],
  document: Words,
): AssetImpact[] {
  const words = wordsOf(document);
  const renames = told.flatMap(({ to }) => to?.renames ?? []);
  const all = told.flatMap(({ mentions, to }) => mentions.map((mention) => ({ mention, to })));
  const byKind = Map.groupBy(all, ({ mention }) => mention.kind);
  return assets
    .filter(({ status }) => status === 'active')
    .flatMap((asset): AssetImpact[] => {
      const owns = owning(asset, library);
      const mine = (byKind.get(asset.kind) ?? []).filter(({ mention }) => owns(mention));
      const gone = mine.filter(({ mention, to }) => to !== undefined && isGone(mention, to));
      const held = new Set(mine.filter((one) => !gone.includes(one)).map(({ mention }) => mention.surface));
      const lost = new Set(gone.map(({ mention }) => mention.surface));
      const formsGone = [...lost].filter((surface) => !held.has(surface) && !words.includes(surface));
      const renamed = renames.find(({ kind, before }) => kind === asset.kind && lost.has(before));
      if (gone.length === 0) return [];
      const stands = asset.forms.some(({ surface }) => !formsGone.includes(surface) && words.includes(surface));
      return [
        {
          assetId: asset.id,
          kind: asset.kind,
          name: asset.name,
          mentions: mine.length,
          mentionsGone: gone.length,
          formsGone,
          renamedTo: renamed?.after ?? null,
          leaves: gone.length === mine.length && !stands && !renamed,
        },
      ];
    })
    .sort((a, b) => b.mentionsGone / b.mentions - a.mentionsGone / a.mentions || (a.assetId < b.assetId ? -1 : 1));
}

/** Whether the place that names an asset is not in the newer document, or does not say the name any more. */
function isGone({ elementId, sceneId, surface }: Mention, to: Successors): boolean {
  if (elementId === sceneId) {
    const scene = to.scene(sceneId)?.scene;
    return !scene || !headOf(scene).includes(surface);
  }
  const element = to.is(elementId)?.element;
  return !element || !saidIn(element).includes(surface);
}

const headOf = ({ heading, location, cast }: Scene): string => [heading, location, ...cast].join('\n');

const saidIn = ({ text, speakers = [], paren = '', notes = {} }: Element): string =>
  [text, ...speakers, paren, ...Object.entries(notes).flat()].join('\n');

/** All the script says, its biographies included. */
const wordsOf = ({ episodes, biographies }: Words): string =>
  [
    ...biographies.flatMap(({ name, text }) => [name, text]),
    ...episodes.flatMap(({ elements, scenes }) => [
      ...elements.map(saidIn),
      ...scenes.flatMap((scene) => [headOf(scene), ...scene.elements.map(saidIn)]),
    ]),
  ].join('\n');
