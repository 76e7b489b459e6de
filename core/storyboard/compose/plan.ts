// What composing a scene must know of its episode: the hour it goes on from, whether its place is new, how many lines were spoken before it.
import type { Scene } from '../../script/schema.ts';
import type { Beat } from '../beats/beat.ts';
import { beatsOf } from '../beats.ts';
import type { Lookup } from '../cast.ts';
import { directedBeats } from '../directed/beats.ts';
import type { Directions } from '../direction.ts';
import { introducing } from '../introduced.ts';
import type { StyleOptions } from '../prompt.ts';

/** At most this share of an episode's shots stand on no words of the script. */
const UNSOURCED = 0.05;

export type Plan = {
  readonly library: Lookup;
  /** The scenes of the episode, in order. */
  readonly scenes: readonly Scene[];
  readonly options: StyleOptions;
  readonly beats: ReadonlyMap<string, readonly Beat[]>;
  readonly previous: ReadonlyMap<string, Scene | undefined>;
  readonly time: ReadonlyMap<string, Scene['time']>;
  readonly fresh: ReadonlySet<string>;
  /** Scenes that open on a view of the place the script does not tell. */
  readonly views: ReadonlySet<string>;
};

/** @param directions what a director wants of some scenes; the others are the engine's own */
export function planOf(
  scenes: readonly Scene[],
  told: Lookup,
  options: StyleOptions,
  directions: Directions = new Map(),
): Plan {
  const library = introducing(told, scenes);
  const all = new Map(scenes.map((scene) => [scene.id, wantedBeats(scene, library, options, directions)]));
  const previous = new Map(scenes.map((scene, i) => [scene.id, scenes[i - 1]]));
  const time = new Map<string, Scene['time']>();
  const fresh = new Set<string>();
  const places = new Set<string>();
  let last: Scene['time'] = 'UNKNOWN';
  for (const scene of scenes) {
    last = scene.time === 'SAME' && last !== 'UNKNOWN' ? last : scene.time;
    time.set(scene.id, last);
    const place = library.place(scene.location);
    if (!places.has(place.id || place.name)) fresh.add(scene.id);
    places.add(place.id || place.name);
  }
  const { beats, views } = untold(scenes, all, fresh, directions);
  return { library, scenes, options, beats, previous, time, fresh, views };
}

function wantedBeats(scene: Scene, library: Lookup, { language }: StyleOptions, directions: Directions): Beat[] {
  const wanted = directions.get(scene.id);
  return wanted ? directedBeats(scene, wanted, library, language) : beatsOf(scene, library);
}

/** As many pictures the script does not tell as an episode bears: views of new places that begin with a line, and what directors add. */
function untold(
  scenes: readonly Scene[],
  all: ReadonlyMap<string, readonly Beat[]>,
  fresh: ReadonlySet<string>,
  directions: Directions,
): Pick<Plan, 'beats' | 'views'> {
  const isTold = ({ shown, spoken }: Beat): boolean => shown.length + spoken.length > 0;
  const told = [...all.values()].reduce((sum, list) => sum + list.filter(isTold).length, 0);
  let room = Math.floor(told * UNSOURCED);
  const takes = (): boolean => room-- > 0;
  const views = new Set<string>();
  const beats = new Map<string, readonly Beat[]>();
  for (const { id } of scenes) {
    const list = all.get(id) ?? [];
    beats.set(
      id,
      list.filter((beat) => isTold(beat) || takes()),
    );
    if (!directions.has(id) && fresh.has(id) && list[0]?.kind === 'line' && takes()) views.add(id);
  }
  return { beats, views };
}
