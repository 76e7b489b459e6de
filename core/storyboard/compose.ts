// The built-in engine's storyboard: a scene in, its shots out. The same script and library always give the same shots.
import type { Element, Episode, Scene } from '../script/schema.ts';
import { type Beat, beatsOf, quotable, trailingMarks } from './beats.ts';
import { type Lookup, lookup, type Person } from './cast.ts';
import { after, persisting, type States } from './continuity.ts';
import { smooth } from './cut.ts';
import { type Frame, frameOf, type Setting, seenSpeakers } from './framing.ts';
import { type Light, lightOf } from './light.ts';
import { feelingIn } from './mood.ts';
import { promptsOf, type StyleOptions } from './prompt.ts';
import type { CastOfScene, ComposedShot, ShotContent, ShotTransition } from './schema.ts';
import { blocked, isSame, stageOf } from './staging.ts';
import { lasting } from './timing.ts';

/** At most this share of an episode's shots stand on no words of the script. */
const UNSOURCED = 0.05;

/**
 * The shots of one scene.
 * @param scene the scene
 * @param neighbours all scenes of its episode, in order: they say whether the place is new and how the scene is entered
 * @param cast the library
 * @param episode number of the episode
 * @param options style of the production
 */
export function composeScene(
  scene: Scene,
  neighbours: readonly Scene[],
  cast: CastOfScene,
  episode: number,
  options: StyleOptions,
): ComposedShot[] {
  return shotsOf(scene, planOf(neighbours, lookup(cast, episode), options));
}

/** The shots of an episode, in order: every spoken element in exactly one shot (or its parts in consecutive ones), every action in at least one. */
export function composeEpisode(episode: Episode, cast: CastOfScene, options: StyleOptions): ComposedShot[] {
  const plan = planOf(episode.scenes, lookup(cast, episode.number), options);
  return episode.scenes.flatMap((scene) => shotsOf(scene, plan));
}

type Plan = {
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

function planOf(scenes: readonly Scene[], library: Lookup, options: StyleOptions): Plan {
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

type Draft = ShotContent & { readonly beat: Beat | undefined; readonly people: readonly Person[] };

function shotsOf(scene: Scene, plan: Plan): ComposedShot[] {
  const beats = plan.beats.get(scene.id) ?? beatsOf(scene, plan.library);
  const setting: Setting = {
    sceneId: scene.id,
    language: plan.options.language,
    exterior: scene.intExt === 'EXT',
    fresh: plan.fresh.has(scene.id),
    stage: stageOf(scene, beats, plan.library),
    library: plan.library,
    beats,
    linesBefore: plan.linesBefore.get(scene.id) ?? 0,
  };
  const light = lightOf({ ...scene, time: plan.time.get(scene.id) ?? scene.time });
  const frames: Frame[] = [];
  for (let i = 0; i < beats.length; i++) frames.push(frameOf(i, setting, frames));
  const view = plan.views.has(scene.id) || beats.length === 0;
  const drafts = beats.map((beat, i) => draftOf(beat, frames[i]!, scene, setting, plan, light));
  const all = smooth(view ? [viewOf(scene, plan, light), ...drafts] : drafts);
  return finished(all, scene, plan, light);
}

/** A view of the place where the script gives none: marked as standing on no words of it. */
function viewOf(scene: Scene, plan: Plan, light: Light): Draft {
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
    music: '',
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
    unsourced: '',
    beat: undefined,
    people: [],
  };
}

function draftOf(beat: Beat, frame: Frame, scene: Scene, setting: Setting, plan: Plan, light: Light): Draft {
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
  }));
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
      beat.spoken.find((part) => part.element.paren)?.element.paren || feelingIn(beat.mood.word, plan.options.language),
    purpose: frame.purpose,
    blocking: blocked(frame.people, setting.stage, frame.away),
    propAssetIds: beat.props.map(({ it }) => it.id),
    beat,
    people: frame.people,
  };
}

/** What depends on the whole scene: lens by final size, entry, states that persist, prompts, keys. */
function finished(drafts: readonly Draft[], scene: Scene, plan: Plan, light: Light): ComposedShot[] {
  const keys = new Map<string, number>();
  let states: States = new Map();
  return drafts.map((draft, i) => {
    const { beat, people, ...content } = draft;
    const props = beat?.props.map(({ it }) => it.name) ?? [];
    const continuity = persisting(states, people, plan.options.language);
    states = after(states, people[0], beat?.action ?? '', props);
    const shot: ShotContent = {
      ...content,
      ...optics[content.size],
      transition: entering(beat, i, scene, plan),
      continuity,
      title: content.title || titled(content),
      result: resulting(content, plan.options.language),
    };
    const looks = new Map(people.map((one) => [one.id || one.name, one.look]));
    const told = promptsOf(shot, {
      style: plan.options,
      lighting: light.lighting,
      air: light.air,
      feeling: beat?.mood.word ?? 'calm',
      time: plan.time.get(scene.id) ?? scene.time,
      looks,
      props,
    });
    return { ...shot, ...told, key: keyed(shot, keys) };
  });
}

/** Lens and depth of field by size: wide and deep for views, long and shallow for faces. */
const optics: Readonly<Record<ShotContent['size'], Pick<ShotContent, 'lens' | 'depthOfField'>>> = {
  ELS: { lens: '18mm', depthOfField: 'deep' },
  LS: { lens: '24mm', depthOfField: 'deep' },
  MLS: { lens: '35mm', depthOfField: 'medium' },
  MS: { lens: '50mm', depthOfField: 'medium' },
  MCU: { lens: '65mm', depthOfField: 'shallow' },
  CU: { lens: '85mm', depthOfField: 'shallow' },
  ECU: { lens: '100mm', depthOfField: 'shallow' },
};

/** Stable for the same source and place: scene, first element and part, and which shot of that source it is. */
function keyed(shot: ShotContent, used: Map<string, number>): string {
  const line = shot.lines[0];
  const source =
    shot.elementIds[0] ??
    (line === undefined ? 'view' : line.part === 1 ? line.elementId : `${line.elementId}.${line.part}`);
  const base = `${shot.sceneId}:${source}`;
  const n = (used.get(base) ?? 0) + 1;
  used.set(base, n);
  return n === 1 ? base : `${base}#${n}`;
}

const entrances: readonly (readonly [RegExp, ShotTransition])[] = [
  [/叠化|溶|dissolve/i, 'dissolve'],
  [/淡入|渐显|fade in/i, 'fade_in'],
  [/黑屏|黑场|切黑|fade to black|cut to black|\bblack\b/i, 'black'],
  [/淡出|渐隐|fade/i, 'fade_out'],
  [/smash/i, 'smash_cut'],
  [/匹配|match cut/i, 'match_cut'],
];

/** How a shot is entered: by the marks before it, and for a scene's first shot those behind the scene before. */
function entering(beat: Beat | undefined, i: number, scene: Scene, plan: Plan): ShotTransition {
  const previous = i === 0 ? plan.previous.get(scene.id) : undefined;
  const behind = new Set(trailingMarks(scene).map((mark) => mark.id));
  const own = beat?.shown.filter((element) => beat.kind === 'caption' || !behind.has(element.id)) ?? [];
  const marks = [...(previous === undefined ? [] : trailingMarks(previous)), ...own];
  let into: ShotTransition = 'cut';
  for (const { kind, text } of marks) {
    if (kind === 'flashback_start') into = 'flashback_in';
    else if (kind === 'flashback_end') into = 'flashback_out';
    else if (kind === 'transition') into = entrances.find(([mark]) => mark.test(text))?.[1] ?? into;
  }
  return into;
}

function titled(shot: ShotContent): string {
  const line = shot.lines[0];
  const words = shot.action || (line === undefined ? shot.caption : `${line.speakers.join('、')}：${line.text}`);
  return words.length > 18 ? `${words.slice(0, 18)}…` : words;
}

/** The state after the shot, in the script's words where it has any. */
function resulting(shot: ShotContent, language: 'zh' | 'en'): string {
  if (shot.action !== '')
    return (
      shot.action
        .split(/[，,；;]/)
        .at(-1)
        ?.trim() ?? ''
    );
  const line = shot.lines.at(-1);
  if (line === undefined) return '';
  const who = line.speakers.join(language === 'zh' ? '、' : ', ');
  const last = line.part === line.parts;
  if (language === 'zh') return last ? `${who}话音落下` : `${who}仍在说`;
  return last ? `${who} has spoken` : `${who} is still speaking`;
}
