// What of a shot depends on the whole scene: lens by final size, entry, states that persist, prompts, keys.
import type { Scene } from '../../script/schema.ts';
import type { Beat } from '../beats/beat.ts';
import { trailingMarks } from '../beats.ts';
import type { Person } from '../cast.ts';
import { after, persisting, type States, woundAt } from '../continuity.ts';
import { pictureOf } from '../cuts.ts';
import { finishing } from '../directed/wishes.ts';
import { placing } from '../ends.ts';
import type { Light } from '../light.ts';
import { promptsOf } from '../prompt.ts';
import type { ComposedShot, ShotContent, ShotTransition } from '../schema.ts';
import { endFrame, focusOf, optics, rigs, setups, speedOf, temperatures, tracks } from './camera.ts';
import type { Draft } from './draft.ts';
import type { Plan } from './plan.ts';

/** What depends on the whole scene: lens by final size, entry, states that persist, prompts, keys. */
export function finished(drafts: readonly Draft[], scene: Scene, plan: Plan, light: Light): ComposedShot[] {
  const keys = new Map<string, number>();
  let states: States = new Map();
  const [setup, track] = [setups(), tracks(scene.number)];
  const time = plan.time.get(scene.id) ?? scene.time;
  const placeOf = placing(scene.id, plan.scenes, plan.library);
  return drafts.map((draft, i) => {
    const { beat, people, ...content } = draft;
    const props = beat?.props.map(({ it }) => it.name) ?? [];
    const continuity = persisting(states, people, plan.options.language);
    states = after(states, people[0], beat?.action ?? '', props, woundedOf(beat) ?? people[0]);
    const own = {
      ...optics[content.size],
      rig: rigs[content.movement],
      speed: speedOf(content.movement, beat?.mood.word ?? 'calm'),
      focus: focusOf(content, props, plan.options.language),
      colorTemperature: temperatures[time],
      transition: entering(beat, i, scene, plan, drafts[i - 1]?.beat),
      continuity,
      result: resulting(content, plan.options.language),
    };
    const shot: ShotContent = {
      ...content,
      ...finishing(own, content, draft),
      setup: setup(content),
      track: track(content.duration),
      title: content.title || titled(content),
    };
    const looks = new Map(people.map((one) => [one.id || one.name, one.look]));
    const told = promptsOf(shot, {
      style: plan.options,
      lighting: { ...light.lighting, [plan.options.language]: shot.lighting },
      air: { ...light.air, [plan.options.language]: shot.atmosphere },
      feeling: beat?.mood.word ?? 'calm',
      time,
      place: placeOf(shot),
      looks,
      genders: new Map(people.map((one) => [one.id || one.name, one.gender])),
      props,
      ...(beat?.direction && { direction: beat.direction }),
    });
    return {
      ...shot,
      ...told,
      endFrame: endFrame({ ...shot, ...told }, beat?.direction?.ending),
      key: keyed(shot, keys),
    };
  });
}

/** Of those an action names the one it names last before the wound: A strikes at B, blood flows. */
function woundedOf(beat: Beat | undefined): Person | undefined {
  const at = woundAt(beat?.action ?? '');
  return at === undefined ? undefined : beat!.people.toSorted((a, b) => a.at - b.at).findLast((one) => one.at < at)?.it;
}

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
function entering(
  beat: Beat | undefined,
  i: number,
  scene: Scene,
  plan: Plan,
  before: Beat | undefined,
): ShotTransition {
  const previous = i === 0 ? plan.previous.get(scene.id) : undefined;
  const behind = new Set(trailingMarks(scene).map((mark) => mark.id));
  const own = beat?.shown.filter((element) => beat.kind === 'caption' || !behind.has(element.id)) ?? [];
  const marks = [...(previous === undefined ? [] : trailingMarks(previous)), ...own];
  // a flashback told in its own mark is over behind it, where no mark ends it
  const isOver =
    before?.shown.some((one) => pictureOf(one) !== '' && !own.includes(one)) &&
    !scene.elements.some(({ kind }) => kind === 'flashback_end');
  let into: ShotTransition = isOver ? 'flashback_out' : 'cut';
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
      // what stands in brackets tells of somebody, not of what has happened
      shot.action
        .replace(/\s?（[^（）]*）|\s?\([^()]*\)/g, '')
        .split(/[，,；;]/)
        .findLast((clause) => clause.trim() !== '')
        ?.trim() ?? ''
    );
  const line = shot.lines.at(-1);
  if (line === undefined) return '';
  const who = line.speakers.join(language === 'zh' ? '、' : ', ');
  const last = line.part === line.parts;
  if (language === 'zh') return last ? `${who}话音落下` : `${who}仍在说`;
  return last ? `${who} has spoken` : `${who} is still speaking`;
}
