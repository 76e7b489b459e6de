// Where the texts about a subject go: attributes of an asset, prompt fields of a shot. Pure.
import type { ShotContent } from '../../storyboard/index.ts';
import type { Texts } from './answer.ts';

/** Names of attributes; extraction writes the first two as well. */
const attributeOf = {
  zh: 'visual_prompt_zh',
  en: 'visual_prompt_en',
  tr: 'visual_traits_zh',
  trEn: 'visual_traits_en',
  neg: 'visual_negative',
} as const;

/** The attributes with these texts; those that were not written stay. */
export const assetAfter = (attributes: Record<string, string>, texts: Texts): Record<string, string> => ({
  ...attributes,
  ...Object.fromEntries(
    Object.entries(attributeOf).flatMap(([field, name]) => {
      const text = texts[field as keyof typeof attributeOf];
      return text ? [[name, text]] : [];
    }),
  ),
});

/** The shot with these texts; those that were not written stay. */
export function shotAfter(shot: ShotContent, { zh, en, vid, vidEn, end, endEn, neg }: Texts): ShotContent {
  const both = (before: ShotContent['imagePrompt'], one?: string, other?: string) => ({
    zh: one ?? before.zh,
    en: other ?? before.en,
  });
  return {
    ...shot,
    imagePrompt: both(shot.imagePrompt, zh, en),
    videoPrompt: both(shot.videoPrompt, vid, vidEn),
    endFrame: both(shot.endFrame, end, endEn),
    ...(neg && { negativePrompt: neg }),
  };
}
