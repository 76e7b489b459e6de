// What composing a scene must know of its episode: the hour it goes on from, whether its place is new, how many lines were spoken before it.
import type { Scene } from '../../script/schema.ts';
import { type Beat, beatsOf } from '../beats.ts';
import type { Lookup } from '../cast.ts';
import type { StyleOptions } from '../prompt.ts';

/** At most this share of an episode's shots stand on no words of the script. */
const UNSOURCED = 0.05;

export type Plan = {
  readonly library: Lookup;
  readonly options: StyleOptions;
  readonly beats: ReadonlyMap<string, readonly Beat[]>;
  readonly previous: ReadonlyMap<string, Scene | undefined>;
  readonly time: ReadonlyMap<string, Scene['time']>;
  readonly fresh: ReadonlySet<string>;
  /** Lines spoken in the scenes before each. */
  readonly linesBefore: ReadonlyMap<string, number>;
  /** Scenes that open on a view of the place the script does not tell. */
  readonly views: ReadonlySet<string>;
};

export function planOf(scenes: readonly Scene[], library: Lookup, options: StyleOptions): Plan {
  const beats = new Map(scenes.map((scene) => [scene.id, beatsOf(scene, library)]));
  const previous = new Map(scenes.map((scene, i) => [scene.id, scenes[i - 1]]));
  const time = new Map<string, Scene['time']>();
  const linesBefore = new Map<string, number>();
  let lines = 0;
  const fresh = new Set<string>();
  const places = new Set<string>();
  let last: Scene['time'] = 'UNKNOWN';
  for (const scene of scenes) {
    linesBefore.set(scene.id, lines);
    lines += (beats.get(scene.id) ?? []).filter((beat) => beat.kind === 'line').length;
    last = scene.time === 'SAME' && last !== 'UNKNOWN' ? last : scene.time;
    time.set(scene.id, last);
    const place = library.place(scene.location);
    if (!places.has(place.id || place.name)) fresh.add(scene.id);
    places.add(place.id || place.name);
  }
  const told = [...beats.values()].reduce((sum, list) => sum + list.length, 0);
  const wanted = scenes.filter((scene) => fresh.has(scene.id) && beats.get(scene.id)?.[0]?.kind === 'line');
  const views = new Set(wanted.slice(0, Math.floor(told * UNSOURCED)).map((scene) => scene.id));
  return { library, options, beats, previous, time, fresh, linesBefore, views };
}
