// What a director says of a shot, taken over what the engine would say.
import type { Draft } from '../compose/draft.ts';
import type { Plan } from '../compose/plan.ts';
import type { ShotContent } from '../schema.ts';
import { LONGEST, lasting } from '../timing.ts';

/** A picture the script does not tell lasts this long where nothing is said, seconds. */
const UNTOLD = 2;

/** A draft with what its direction wishes of the shot itself; what depends on the whole scene comes with `finishing`. */
export function wished(draft: Draft, { library, options: { language } }: Plan): Draft {
  const direction = draft.beat?.direction;
  if (!direction) return draft;
  const isTold = draft.elementIds.length + draft.lines.length > 0;
  const { lens: _l, depthOfField: _d, rig: _r, speed: _s, focus: _f, colorTemperature: _c, transition: _t, continuity: _n, result: _e, ...wishes } = direction.wishes ?? {}; // biome-ignore format: one thought
  const propAssetIds = [
    ...new Set([...draft.propAssetIds, ...(direction.propAssetIds ?? []).filter((id) => library.known.has(id))]),
  ];
  return {
    ...draft,
    ...wishes,
    propAssetIds,
    // a sound the script names is heard whatever else is
    soundEffect: joined(draft.soundEffect, wishes.soundEffect, language),
    duration: lastingAs(draft, wishes.duration ?? (isTold ? draft.duration : UNTOLD)),
    unsourced: isTold ? '' : direction.unsourced || defaultReason[language],
  };
}

const defaultReason = { zh: '剧本未写：导演补充的画面', en: 'Not in the script: a picture the director adds' };

/** As long as wished, within what the lines need and what can be filmed. */
const lastingAs = ({ lines }: ShotContent, seconds: number): number =>
  Math.min(LONGEST, Math.ceil(Math.max(seconds, lasting(lines, '')) * 10 - 1e-9) / 10);

const joined = (told: string, wish: string | undefined, language: 'zh' | 'en'): string =>
  [...new Set([told, wish ?? ''])].filter((words) => words !== '').join(language === 'zh' ? '；' : '; ');

type Finishing = Pick<
  ShotContent,
  'lens' | 'depthOfField' | 'rig' | 'speed' | 'focus' | 'colorTemperature' | 'transition' | 'continuity' | 'result'
>;

/**
 * What the engine says of a shot in its scene, with the wishes over it. Lens and depth go with the size they were chosen for; a way
 * into a shot that the script marks stands; what persists is what the script and the director say.
 */
export function finishing(own: Finishing, shot: ShotContent, draft: Draft): Finishing {
  const direction = draft.beat?.direction;
  const { wishes } = direction ?? {};
  if (!wishes) return own;
  const isAsWanted = direction?.size === undefined || direction.size === shot.size;
  return {
    lens: (isAsWanted && wishes.lens) || own.lens,
    depthOfField: (isAsWanted && wishes.depthOfField) || own.depthOfField,
    rig: wishes.rig ?? own.rig,
    speed: wishes.speed ?? own.speed,
    focus: wishes.focus || own.focus,
    colorTemperature: wishes.colorTemperature || own.colorTemperature,
    transition: own.transition === 'cut' ? (wishes.transition ?? own.transition) : own.transition,
    continuity: [...new Set([...own.continuity, ...(wishes.continuity ?? [])])],
    result: wishes.result || own.result,
  };
}
