// What exports are made of: a production, or one episode of it, as the API shows it.

import { isWoman } from '../cast.ts';
import type { Coverage } from '../coverage/report.ts';
import { castColours, type PanelCast } from '../panel.ts';
import type { ShotContent } from '../schema.ts';
import { languageIn } from './words.ts';

/** A shot with what makes it a row. */
export type StoryShot = ShotContent & {
  readonly id: string;
  readonly locked: boolean;
  readonly edited: boolean;
  readonly status: 'draft' | 'approved';
  readonly note: string;
};

export type StoryAsset = {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly description: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly episodes: readonly number[];
  readonly variants: readonly { readonly name: string; readonly description: string }[];
};

export type StoryScene = { readonly id: string; readonly number: string; readonly heading: string };

export type StoryEpisode = {
  readonly number: number;
  readonly title: string;
  readonly scenes: readonly StoryScene[];
  /** In order. */
  readonly shots: readonly StoryShot[];
  readonly coverage: Coverage;
};

export type Story = {
  readonly title: string;
  readonly aspect: '9:16' | '16:9';
  readonly assets: readonly StoryAsset[];
  readonly episodes: readonly StoryEpisode[];
};

/** How often each asset is in a shot: people seen, places, props. */
export function appearances(story: Story): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { shots } of story.episodes)
    for (const shot of shots) {
      const ids = new Set([...shot.blocking.map((one) => one.assetId), shot.locationAssetId, ...shot.propAssetIds]);
      for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  return counts;
}

/** An age where somebody is brought in: LEO (6, curly hair); 小满（女，6岁）. */
const introducedAge = /[（(]\s?(?:[男女][，,]\s?)?(\d{1,2})(?=岁|[,，)）])|,\s(\d{1,2})(?=,)/g;
/** Told in a description or as an age: 6, 6岁, six years old are not all; what is not told is grown up. */
const toldAge = /(?<!\d)(\d{1,2})(?=\s?岁|[\s-]years?[\s-]old|$)/;
/** Somebody of at most so many years is drawn small. */
const CHILD = 12;

/** Ids of those who are children, by what the library tells, else as the shots bring them in. */
function childrenIn({ assets, episodes }: Story): ReadonlySet<string> {
  const years = new Map<string, number>();
  const people = assets.filter(({ kind }) => kind === 'character');
  for (const { id, attributes, description } of people) {
    const age = toldAge.exec(attributes.age ?? '') ?? toldAge.exec(description);
    if (age) years.set(id, Number(age[1]));
  }
  for (const { action } of episodes.flatMap(({ shots }) => shots))
    for (const { index, 1: held, 2: bare } of action.matchAll(introducedAge)) {
      const before = action.slice(0, index).trimEnd().toLowerCase();
      const one = people.find(({ name, aliases }) =>
        // Joanna is not Anna
        [name, ...aliases].some(
          (form) => before.endsWith(form.toLowerCase()) && !/[a-z]/.test(before.at(-form.length - 1) ?? ''),
        ),
      );
      if (one && !years.has(one.id)) years.set(one.id, Number(held ?? bare));
    }
  return new Set([...years].filter(([, age]) => age > 0 && age <= CHILD).map(([id]) => id));
}

/** What panels need of a story; the people seen most get the colours that differ most. The hour is that of each scene. */
export function panelCast(story: Story): Omit<PanelCast, 'hour'> {
  const seen = appearances(story);
  const people = story.assets
    .filter(({ kind }) => kind === 'character')
    .sort((a, b) => (seen.get(b.id) ?? 0) - (seen.get(a.id) ?? 0) || (a.id < b.id ? -1 : 1));
  const colours = new Map(people.map(({ id }, i) => [id, i % castColours.length]));
  const children = childrenIn(story);
  const byId = new Map(story.assets.map((asset) => [asset.id, asset]));
  return {
    aspect: story.aspect,
    language: languageIn(story),
    colour: (id) => colours.get(id),
    isWoman: (id) => isWoman(byId.get(id)?.attributes.gender ?? ''),
    isGroup: (id) => byId.get(id)?.kind === 'extra',
    isChild: (id) => children.has(id),
    propName: (id) => byId.get(id)?.name ?? '',
  };
}

/** The hour of every shot; a scene that goes on takes that of the scene before. */
export function hours(shots: readonly StoryShot[]): ShotContent['time'][] {
  let last: ShotContent['time'] = 'UNKNOWN';
  return shots.map(({ time }) => {
    if (time !== 'SAME') last = time;
    return last;
  });
}

/** `2:05` */
export const clock = (seconds: number): string => {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
};
