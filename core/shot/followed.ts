// A shot as it reads after merges: every asset it names is the one that stands for it now.
import type { Standing } from '../asset/standing.ts';
import type { ShotContent } from '../storyboard/schema.ts';

/** The content with merged assets followed. Nobody stands twice in a frame, speaks twice or is held twice for it. */
export function followed<C extends ShotContent>(content: C, standing: Standing): C {
  const all = (ids: readonly string[]): string[] => [...new Set(ids.map(standing))];
  return {
    ...content,
    locationAssetId: standing(content.locationAssetId),
    propAssetIds: all(content.propAssetIds),
    lines: content.lines.map((line) => ({ ...line, speakerAssetIds: all(line.speakerAssetIds) })),
    blocking: firstOfEach(content.blocking.map((one) => ({ ...one, assetId: standing(one.assetId) }))),
  };
}

/** Whoever the library does not know has no id, and stays. */
function firstOfEach<T extends { readonly assetId: string }>(people: readonly T[]): T[] {
  const seen = new Set<string>();
  return people.filter(({ assetId }) => assetId === '' || (!seen.has(assetId) && Boolean(seen.add(assetId))));
}
