// The prompts of a shot as it stands, whoever made it: for shots that people wrote, cut or changed. Pure.
import type { Episode } from '../script/schema.ts';
import { isBeside } from './beats.ts';
import type { Lookup } from './cast.ts';
import { endFrame } from './compose/camera.ts';
import { placing } from './ends.ts';
import { lightOf } from './light.ts';
import { moodOf } from './mood.ts';
import { promptsOf, type StyleOptions } from './prompt.ts';
import type { CastOfScene, ShotContent } from './schema.ts';

type Given = {
  /** Absent where the shot's own words must do. */
  readonly episode?: Episode | undefined;
  readonly cast: CastOfScene;
  /** With what the episode tells of people where it brings them in. */
  readonly library: Lookup;
  readonly style: StyleOptions;
};

/** What the engine says of a shot by its own fields, the light of its scene and the looks of the library. */
export function reprompted(
  shot: ShotContent,
  { episode, cast, library, style }: Given,
): Pick<ShotContent, 'imagePrompt' | 'videoPrompt' | 'endFrame'> {
  const scenes = episode?.scenes ?? [];
  const at = scenes.findIndex(({ id }) => id === shot.sceneId);
  const scene = scenes[at];
  const light = scene ? lightOf(scene) : { lighting: both(shot.lighting), air: both(shot.atmosphere) };
  const taken = new Set([...shot.elementIds, ...shot.lines.map(({ elementId }) => elementId)]);
  const own = scene?.elements.filter(({ id }) => taken.has(id)) ?? [];
  const first = (own.find((element) => !isBeside(element)) ?? own[0])?.id ?? '';
  const going = scenes.slice(0, at + 1).findLast(({ time }) => time !== 'SAME')?.time;
  const told = promptsOf(shot, {
    style,
    lighting: { ...light.lighting, [style.language]: shot.lighting },
    air: { ...light.air, [style.language]: shot.atmosphere },
    feeling: moodOf(shot.lines[0]?.paren ?? '', shot.action + shot.lines.map(({ text }) => text).join('')).word,
    time: shot.time === 'SAME' ? (going ?? 'SAME') : shot.time,
    place: placing(shot.sceneId, scenes, library)(shot),
    looks: new Map(
      shot.blocking.map((one) => {
        const others = one.variant === '' ? library.variantsOf(one.assetId) : [];
        const now = library.byId(one.assetId, shot.sceneId);
        const here = now && library.at(now, shot.sceneId, first);
        const worn = here?.variant === one.variant ? here : library.wearing(one.assetId, one.variant, others);
        return [one.assetId || one.name, worn?.look ?? ''];
      }),
    ),
    genders: new Map(shot.blocking.map((one) => [one.assetId || one.name, library.byId(one.assetId)?.gender ?? ''])),
    props: shot.propAssetIds.flatMap((id) => cast.props.find((prop) => prop.id === id)?.name ?? []),
  });
  return { ...told, endFrame: endFrame({ ...shot, ...told }) };
}

const both = (words: string) => ({ zh: words, en: words });
