// A shot drawn: place, people where they stand, things, words, the camera's move, the safe area. The same shot always gives the same drawing.
import { isCrowd } from './cast.ts';
import { folk, many } from './folk.ts';
import { moodOf } from './mood.ts';
import { crowd, type Figure, figure, figureSymbols, fromAbove, type Pose } from './panel/figure.ts';
import { type Aspect, across, type Frame, frameOf, n, safeArea, standing } from './panel/frame.ts';
import { movement, moveSymbols } from './panel/move.ts';
import { prop, propSymbols } from './panel/prop.ts';
import { hourColours, isInCar, scenery, scenerySymbols } from './panel/scenery.ts';
import { caption, ems, escaped, type Mouth, speech, wrapped } from './panel/speech.ts';
import type { ShotContent } from './schema.ts';

/** What a panel must know besides the shot. */
export type PanelCast = {
  readonly aspect: Aspect;
  /** What its labels are written in. */
  readonly language: 'zh' | 'en';
  /** A person's colour by asset id: a number, the same in every panel; undefined for people without an asset. */
  readonly colour: (assetId: string) => number | undefined;
  readonly isWoman: (assetId: string) => boolean;
  readonly isGroup: (assetId: string) => boolean;
  readonly isChild: (assetId: string) => boolean;
  readonly propName: (assetId: string) => string;
  /** The hour of a scene that goes on from another. */
  readonly hour: ShotContent['time'];
};

/** Symbols every panel of a page uses; written once. */
export const panelSymbols = `<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>${figureSymbols}${scenerySymbols}${propSymbols}${moveSymbols}</defs></svg>`;

/** Twelve colours people are told apart by. */
export const castColours = [
  '#c2563f', '#3f6fa8', '#4f8a5b', '#8d5fa3', '#c58a2c', '#2f8f93', '#b2517f', '#6a7a2f', '#7d5a44', '#4b57a5', '#98413c', '#5c7f91',
] as const; // biome-ignore format: a palette

export const panelStyle = `${hourColours}
.p{display:block;background:var(--wall);--c:#8d8a84}.p text{font-family:inherit}.nl{stroke:#2a2622;stroke-width:1.5px;vector-effect:non-scaling-stroke}
${castColours.map((colour, i) => `.c${i}{--c:${colour}}`).join('')}
.b{fill:#fff;stroke:#2a2622;stroke-width:.7}.k{stroke-linejoin:round}.d{stroke-dasharray:2 1}.v{fill:#fffbe8;stroke:#2a2622;stroke-width:.6;stroke-dasharray:2 1.2}
.t{font-size:6.4px;fill:#1c1a17}.w{font-size:5.4px;fill:#8a3b1c}.q{fill:#161412;opacity:.78}.i{fill:#fff}
.a{fill:none;stroke:#e4512b;stroke-width:1.6;marker-end:url(#ah)}.o{fill:none;stroke:#fff;stroke-width:3.2;opacity:.75}.r{font-size:6px;fill:#e4512b;stroke:#fff;stroke-width:1.6;paint-order:stroke;font-weight:700}
.z{fill:none;stroke:#fff;stroke-width:.5;stroke-dasharray:2 2;opacity:.7}.l{font-size:5.2px;fill:#fff;text-anchor:middle}.lp{fill:var(--c);opacity:.92}.y{fill:#161412;opacity:.82}`;

/** The drawing of a shot as an `<svg>` that uses `panelSymbols`. */
export function panel(shot: ShotContent, cast: PanelCast): string {
  const frame = frameOf(cast.aspect);
  const hour = shot.time === 'SAME' ? cast.hour : shot.time;
  const { people, labels, mouths } =
    shot.angle === 'overhead' ? seenFromAbove(shot, cast, frame) : seen(shot, cast, frame);
  const world = scenery(shot, frame) + people + things(shot, cast, frame);
  const [cx, cy] = [n(frame.width / 2), n(frame.height / 2)];
  const held = shot.angle === 'dutch' ? `<g transform="rotate(-8 ${cx} ${cy})">${world}</g>` : world;
  const safe = safeArea(frame);
  return [
    `<svg class="p h${hour === 'SAME' ? 'UNKNOWN' : hour}" viewBox="0 0 ${frame.width} ${frame.height}">`,
    held,
    shot.angle === 'pov' ? vignette(frame) : '',
    `<rect class="z" x="${n(safe.x)}" y="${n(safe.y)}" width="${n(safe.width)}" height="${n(safe.height)}"/>`,
    movement(shot, cast.language, frame),
    labels,
    speech(shot.lines, mouths, cast.language, frame),
    caption(shot, frame),
    '</svg>',
  ].join('');
}

type Seen = { readonly people: string; readonly labels: string; readonly mouths: readonly Mouth[] };
type Place = { readonly x: number; readonly y: number; readonly scale: number };

/** Everybody in the frame. Who is seen from behind stands large at the edge, the others across from them. */
function seen(shot: ShotContent, cast: PanelCast, frame: Frame): Seen {
  const { blocking } = shot;
  const { scale, top } = standing(shot.size, blocking.length, shot.lines.length > 0, frame);
  const xs = across(blocking.map((one) => one.side));
  const shoulder = shot.angle === 'over_shoulder';
  const squeeze = shot.angle === 'high' ? 0.88 : shot.angle === 'low' ? 1.08 : 1;
  const places = blocking.map((one, i): Place => {
    const x = xs[i]! * frame.width;
    if (shoulder && one.facing === 'away') {
      const out = one.side === 'right' ? 0.94 : 0.06;
      return { x: out * frame.width, y: top + 0.04 * frame.height, scale: scale * 1.6 };
    }
    // who is looked at over a shoulder stands clear of it
    if (shoulder) {
      const behind = blocking.find((other) => other.facing === 'away');
      return { x: (behind?.side === 'right' ? 0.36 : 0.64) * frame.width, y: top, scale };
    }
    // those named later stand a little behind
    return { x, y: top + (shot.size === 'LS' ? i * 1.5 : 0), scale: scale * squeeze * (i > 1 ? 0.92 : 1) };
  });
  for (const [i, { assetId }] of blocking.entries()) if (cast.isChild(assetId)) places[i] = small(places[i]!, shot);
  const order = blocking.map((_, i) => i).sort((a, b) => places[a]!.scale - places[b]!.scale || b - a);
  return {
    people: order.map((i) => person(shot, i, places[i]!, cast)).join('') || unnamed(shot, frame),
    labels: labels(shot, places, cast, frame),
    mouths: mouthsOf(shot, places),
  };
}

/** Sizes in which people are seen whole. */
const wide: ReadonlySet<ShotContent['size']> = new Set(['LS', 'ELS', 'MLS']);

/** A child: feet where they were, the crown lower; close framings come down to a face they have to themselves, and hold both where there are two. */
function small({ x, y, scale }: Place, { size, blocking }: ShotContent): Place {
  const isWhole = wide.has(size);
  if (!isWhole && blocking.length === 1) return { x, y, scale };
  const share = isWhole ? 0.66 : size === 'MS' ? 0.8 : 0.9;
  return { x, y: y + (isWhole ? 1 : 0.6) * (1 - share) * 100 * scale, scale: scale * share };
}

/** People whom the words tell of without a name, in a picture that nobody of the cast is in. */
function unnamed(shot: ShotContent, frame: Frame): string {
  if (!wide.has(shot.size) || shot.purpose === 'insert' || !(many.test(shot.action) || folk.test(shot.action)))
    return '';
  const { scale, top } = standing(shot.size === 'ELS' ? 'LS' : shot.size, 1, false, frame);
  return crowd(frame.width / 2, top, scale * (shot.size === 'ELS' ? 0.6 : 1), undefined);
}

function person(shot: ShotContent, i: number, { x, y, scale }: Place, cast: PanelCast): string {
  const one = shot.blocking[i]!;
  const colour = cast.colour(one.assetId);
  if (cast.isGroup(one.assetId) || isCrowd(one.name)) return crowd(x, y, scale, colour);
  const speaks = shot.lines.some((said) => said.onScreen && said.voice === 'ON' && says(said, one));
  const doing = i === 0 || isInCar(shot) ? poseOf(shot) : 'stand';
  // the feeling of a line is on the face that says it
  const hears = shot.action === '' && shot.lines.length > 0 && !shot.lines.some((said) => says(said, one));
  const drawn: Figure = {
    x, y, scale, colour, speaks,
    woman: cast.isWoman(one.assetId),
    facing: one.facing,
    feeling: hears ? 'calm' : moodOf(shot.emotion, '').word,
    pose: shot.angle === 'over_shoulder' ? 'stand' : doing,
  }; // biome-ignore format: short names first
  return figure(drawn);
}

const says = (line: ShotContent['lines'][number], one: ShotContent['blocking'][number]): boolean =>
  one.assetId === '' ? line.speakers.includes(one.name) : line.speakerAssetIds.includes(one.assetId);

const poses: readonly (readonly [RegExp, Pose])[] = [
  [/倒地|倒在|躺|晕|昏迷|尸|倒下|lies\b|lying|collapses|faints|unconscious|corpse/i, 'lie'],
  [/跪|坐|蹲|瘫|蜷|伏|磕头|kneel|sits?\b|seated|crouch|squat/i, 'low'],
  [/跑|奔|冲|追|逃|扑|runs?\b|running|chase|rush|flee|sprint/i, 'run'],
];

/** What the first person does, where the whole body is seen. */
function poseOf(shot: ShotContent): Pose {
  const { size, action } = shot;
  const pose = isInCar(shot) ? 'low' : (poses.find(([words]) => words.test(action))?.[1] ?? 'stand');
  if (pose === 'lie') return size === 'LS' || size === 'ELS' ? 'lie' : 'stand';
  return size === 'LS' || size === 'ELS' || size === 'MLS' ? pose : 'stand';
}

type Plate = { readonly short: string; readonly at: number; readonly foot: number; readonly width: number };

/** A row of name plates, with the gap to the next. */
const ROW = 8;

/** Name plates at the foot of the frame, each below the person it names; one that would cover another goes a row up or down. */
function labels(shot: ShotContent, places: readonly Place[], cast: PanelCast, frame: Frame): string {
  const laid: Plate[] = [];
  for (const [i, { name }] of shot.blocking.entries()) {
    const plate = plateOf(name, places[i]!, frame);
    const isFree = ({ foot, at, width }: Plate) =>
      laid.every(
        (one) => Math.abs(one.foot - foot) >= ROW - 0.3 || Math.abs(one.at - at) > (one.width + width) / 2 + 0.3,
      );
    const tried = rows.map((row) => ({ ...plate, foot: plate.foot + row * ROW }));
    laid.push(tried.find((one) => one.foot >= 0 && one.foot <= lowest(frame) && isFree(one)) ?? plate);
  }
  return laid.map((plate, i) => label(plate, cast.colour(shot.blocking[i]!.assetId))).join('');
}

/** Rows by how near they are; as many as there are people in a frame. */
const rows = [0, -1, 1, -2, 2, -3, 3, -4, 4] as const;
const lowest = (frame: Frame): number => frame.height - 9;

function plateOf(name: string, { x, scale, y }: Place, frame: Frame): Plate {
  const short = wrapped(name, 7, 1)[0] ?? '';
  const width = ems(short) * 5.2 + 4;
  const at = Math.min(Math.max(x, width / 2 + 1), frame.width - width / 2 - 1);
  return { short, at, width, foot: Math.min(y + 100 * scale + 2, lowest(frame)) };
}

function label({ short, at, foot, width }: Plate, colour: number | undefined): string {
  return `<g${colour === undefined ? '' : ` class="c${colour % 12}"`}><rect class="lp" x="${n(at - width / 2)}" y="${n(foot)}" width="${n(width)}" height="7.4" rx="2"/><text class="l" x="${n(at)}" y="${n(foot + 5.5)}">${escaped(short)}</text></g>`;
}

function mouthsOf(shot: ShotContent, places: readonly Place[]): Mouth[] {
  return shot.lines.map((line) => {
    const i = line.onScreen ? shot.blocking.findIndex((one) => says(line, one)) : -1;
    const at = places[i];
    return at === undefined ? undefined : { x: at.x, y: at.y + 10 * at.scale };
  });
}

function seenFromAbove(shot: ShotContent, cast: PanelCast, frame: Frame): Seen {
  const xs = across(shot.blocking.map((one) => one.side));
  const scale = (shot.size === 'CU' || shot.size === 'ECU' ? 0.022 : 0.011) * Math.min(frame.width, frame.height);
  const places = shot.blocking.map((_, i) => ({
    x: xs[i]! * frame.width,
    y: frame.height * (0.5 + (i % 2) * 0.08),
    scale,
  }));
  const draw = (i: number) =>
    fromAbove(places[i]!.x, places[i]!.y, scale, shot.blocking[i]!.facing, cast.colour(shot.blocking[i]!.assetId));
  return {
    people: shot.blocking.map((_, i) => draw(i)).join(''),
    labels: labels(
      shot,
      places.map((place) => ({ ...place, y: place.y + 8 * scale - 100 * scale })),
      cast,
      frame,
    ),
    mouths: mouthsOf(shot, places),
  };
}

/** Props: large where nobody is in the frame, else beside the people. */
function things(shot: ShotContent, cast: PanelCast, { width, height }: Frame): string {
  const names = shot.propAssetIds
    .slice(0, 3)
    .map(cast.propName)
    .filter((name) => name !== '');
  const alone = shot.blocking.length === 0;
  const least = Math.min(width, height);
  const close = shot.size === 'ECU' ? 0.78 : shot.size === 'CU' ? 0.6 : 0.34;
  const size = alone ? (least * close) / Math.max(1, names.length * 0.8) : least * 0.2;
  return names
    .map((name, i) => {
      const x = (width * (i + 1)) / (names.length + 1);
      return prop(name, x, alone ? height * 0.55 : height * 0.8, size);
    })
    .join('');
}

const vignette = ({ width, height }: Frame): string =>
  `<path class="y" fill-rule="evenodd" d="M0 0H${width}V${height}H0ZM${n(width * 0.04)} ${n(height / 2)}Q${n(width * 0.1)} ${n(height * 0.06)} ${n(width / 2)} ${n(height * 0.06)}T${n(width * 0.96)} ${n(height / 2)}Q${n(width * 0.9)} ${n(height * 0.94)} ${n(width / 2)} ${n(height * 0.94)}T${n(width * 0.04)} ${n(height / 2)}Z"/>`;
