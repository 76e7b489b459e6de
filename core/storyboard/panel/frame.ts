// The frame of a panel: its measures, the safe area, and where people stand in it for each shot size.
import type { ShotContent, ShotSize } from '../schema.ts';

export type Aspect = '9:16' | '16:9';
/** Width and height in panel units; a unit is about two pixels on the page. */
export type Frame = { readonly width: number; readonly height: number };

export const frameOf = (aspect: Aspect): Frame =>
  aspect === '9:16' ? { width: 90, height: 160 } : { width: 160, height: 90 };

/**
 * The part of the frame kept clear for words: players draw their bars and buttons outside it.
 * Wide: 5 % on each side (EBU R 95 graphics-safe). Upright: our own measure, 6 % at the sides, 7 % above, 14 % below.
 */
export function safeArea({ width, height }: Frame): { x: number; y: number; width: number; height: number } {
  const [side, above, below] = width < height ? [0.06, 0.07, 0.14] : [0.05, 0.05, 0.05];
  return { x: width * side, y: height * above, width: width * (1 - 2 * side), height: height * (1 - above - below) };
}

/** Height of a standing person in frames, and where the top of the head is with and without words above it. */
type Framing = { readonly tall: number; readonly top: number; readonly bare: number };

/** ECU eyes, CU head, MCU chest, MS waist, MLS knees, LS whole body, ELS small in the view. */
const framings: Readonly<Record<ShotSize, Framing>> = {
  ECU: { tall: 5.6, top: 0.14, bare: 0.08 },
  CU: { tall: 2.9, top: 0.36, bare: 0.28 },
  MCU: { tall: 2.05, top: 0.36, bare: 0.28 },
  MS: { tall: 1.42, top: 0.36, bare: 0.27 },
  MLS: { tall: 0.94, top: 0.34, bare: 0.26 },
  LS: { tall: 0.52, top: 0.4, bare: 0.38 },
  ELS: { tall: 0.2, top: 0.62, bare: 0.62 },
};

/** Scale of a figure of 100 units, and y of its head's top. More people make everybody smaller where the frame is narrow. */
export function standing(size: ShotSize, people: number, hasWords: boolean, { width, height }: Frame) {
  const { tall, top, bare } = framings[size];
  const crowded = people > 1 && width < height ? (size === 'LS' || size === 'ELS' ? 0.95 : 0.8) : 1;
  return { scale: (tall * crowded * height) / 100, top: (hasWords ? top : bare) * height };
}

type Side = ShotContent['blocking'][number]['side'];

const alone: Readonly<Record<Side, readonly [number, number]>> = {
  left: [0, 0.82],
  centre: [0.05, 0.95],
  right: [0.18, 1],
};

/** Where each person stands across the frame, 0–1: sides as blocked; several on one side share it. */
export function across(sides: readonly Side[]): number[] {
  const many = sides.length > 1;
  const bands: Readonly<Record<Side, readonly [number, number]>> = many
    ? { left: [0.1, 0.42], centre: [0.36, 0.64], right: [0.58, 0.9] }
    : { left: [0.32, 0.48], centre: [0.5, 0.5], right: [0.52, 0.68] };
  // everybody on one side: the group leans that way and has the frame to itself
  const only = sides.every((side) => side === sides[0]) ? sides[0] : undefined;
  const total: Record<Side, number> = { left: 0, centre: 0, right: 0 };
  for (const side of sides) total[side]++;
  const seen: Record<Side, number> = { left: 0, centre: 0, right: 0 };
  return sides.map((side) => {
    const [from, to] = many && only !== undefined ? alone[only] : bands[side];
    seen[side]++;
    return from + ((to - from) * seen[side]) / (total[side] + 1);
  });
}

/** A number as SVG wants it: short. */
export const n = (value: number): string => String(Math.round(value * 10) / 10);
