// A beat and its frame as a shot, still without what depends on the whole scene.
import type { Element, Scene } from '../../script/schema.ts';
import type { Beat } from '../beats/beat.ts';
import { quotable } from '../beats/element.ts';
import { isBeside } from '../beats.ts';
import type { Person } from '../cast.ts';
import { standing } from '../directed/stand.ts';
import type { Frame, Setting } from '../framing/frame.ts';
import { callerOf, partnerOf, seenSpeakers } from '../framing/line.ts';
import type { Light } from '../light.ts';
import { feelingIn } from '../mood.ts';
import type { ShotContent } from '../schema.ts';
import { isChannel } from '../screens.ts';
import { ambienceOf, scoreOf } from '../sound.ts';
import { blocked, isSame } from '../staging.ts';
import { lasting } from '../timing.ts';
import type { Plan } from './plan.ts';

export type Draft = ShotContent & { readonly beat: Beat | undefined; readonly people: readonly Person[] };

/** A view of the place where the script gives none: marked as standing on no words of it. */
export function viewOf(scene: Scene, plan: Plan, light: Light): Draft {
  const zh = plan.options.language === 'zh';
  const size = scene.intExt === 'EXT' ? 'ELS' : 'LS';
  return {
    ...blank(scene, plan, light),
    title: zh ? `建立：${scene.location || scene.number}` : `Establishing: ${scene.location || scene.number}`,
    size,
    angle: size === 'ELS' ? 'high' : 'eye_level',
    movement: size === 'ELS' ? 'crane' : 'push_in',
    duration: 2,
    purpose: 'establishing',
    unsourced: zh ? '剧本未写：新场景第一次出现，先交代环境' : 'Not in the script: a new place is seen first',
  };
}

function blank(scene: Scene, plan: Plan, light: Light): Draft {
  const { language } = plan.options;
  const place = plan.library.place(scene.location);
  return {
    sceneId: scene.id,
    sceneNumber: scene.number,
    title: '',
    size: 'LS',
    angle: 'eye_level',
    movement: 'static',
    lens: '24mm',
    rig: 'tripod',
    speed: 'normal',
    setup: 0,
    track: '',
    focus: '',
    colorTemperature: '',
    depthOfField: 'deep',
    duration: 2,
    locationAssetId: place.id,
    location: scene.location,
    intExt: scene.intExt,
    time: scene.time,
    elementIds: [],
    lines: [],
    action: '',
    result: '',
    caption: '',
    soundEffect: '',
    ambience: ambienceOf(scene, plan.time.get(scene.id) ?? scene.time)[language],
    music: '',
    score: '',
    emotion: feelingIn('calm', language),
    atmosphere: light.air[language],
    lighting: light.lighting[language],
    purpose: 'establishing',
    blocking: [],
    propAssetIds: [],
    transition: 'cut',
    continuity: [],
    imagePrompt: { zh: '', en: '' },
    videoPrompt: { zh: '', en: '' },
    endFrame: { zh: '', en: '' },
    unsourced: '',
    beat: undefined,
    people: [],
  };
}

export function draftOf(i: number, frame: Frame, scene: Scene, setting: Setting, plan: Plan, light: Light): Draft {
  const beat = setting.beats[i]!;
  const seen = seenSpeakers(beat, setting);
  const inFrame = (labels: readonly string[]) =>
    labels.length > 0 &&
    labels.every((label) => {
      const who = plan.library.person(label, scene.id);
      return frame.people.some((one) => isSame(one, who)) && seen.some((one) => isSame(one, who));
    });
  const lines = beat.spoken.map(({ element, part, parts, text }) => ({
    elementId: element.id,
    part,
    parts,
    speakers: element.speakers ?? [],
    speakerAssetIds: (element.speakers ?? [])
      .map((label) => plan.library.person(label, scene.id).id)
      .filter((id) => id !== ''),
    text,
    voice: element.voice ?? (element.kind === 'lyric' ? ('VO' as const) : ('ON' as const)),
    paren: element.paren ?? '',
    onScreen: inFrame(element.speakers ?? []),
    to: addressee(element, i, setting),
  }));
  const at = beat.shown.find((element) => !isBeside(element)) ?? beat.spoken[0]?.element ?? beat.shown[0];
  const worn = (one: Person): Person => {
    const isWished = frame.stands?.some(({ assetId, variant }) => assetId === one.id && variant !== undefined);
    return at && one.id !== '' && !isWished ? setting.library.at(one, scene.id, at.id) : one;
  };
  const people = frame.people.map(worn);
  const shown = (kind: Element['kind']) =>
    quotable(
      beat.shown
        .filter((element) => element.kind === kind)
        .map((element) => element.text)
        .join(' / '),
    );
  return {
    ...blank(scene, plan, light),
    size: frame.size,
    angle: frame.angle,
    movement: frame.movement,
    duration: lasting(lines, beat.action || shown('caption')),
    elementIds: beat.shown.map((element) => element.id),
    lines,
    action: beat.action,
    caption: shown('caption'),
    soundEffect: shown('sound'),
    music: beat.spoken
      .filter((part) => part.element.kind === 'lyric')
      .map((part) => part.text)
      .join(' / '),
    emotion:
      beat.spoken.find(({ element: { paren = '' } }) => paren !== '' && !isChannel(paren))?.element.paren ||
      feelingIn(beat.mood.word, plan.options.language),
    score: scoreOf(beat.mood.word)[plan.options.language],
    purpose: frame.purpose,
    blocking: standing(blocked(people, setting.stage, frame.away ?? turned(frame, beat)), frame.stands),
    propAssetIds: beat.props.map(({ it }) => it.id),
    beat,
    people,
  };
}

/** Who is told of with their back to the camera, alone in the frame. */
const turned = ({ people }: Frame, { action }: Beat): Person | undefined =>
  people.length === 1 && /背[对向]着?镜头|\bback to (?:the )?camera/i.test(action) ? people[0] : undefined;

/** Who a line said aloud is said to. Thoughts, narration, what all say together and what is said to all are said to nobody in particular. */
function addressee({ speakers = [], voice = 'ON', kind, text }: Element, i: number, setting: Setting): string {
  const [speaker] = speakers;
  if (speaker === undefined || speakers.length > 1 || kind !== 'dialogue' || voice === 'OS' || voice === 'VO')
    return '';
  if (/^[^，。！!,.]{0,4}[各诸]位(?!置)|^ladies and gentlemen/i.test(text)) return '';
  const who = setting.library.person(speaker, setting.sceneId);
  return (callerOf(i, who, setting) ?? partnerOf(i, who, setting))?.name ?? '';
}
