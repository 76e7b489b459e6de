// People as silhouettes: drawn once as symbols in a figure of 100 units from crown to sole, used with a place, a scale and a colour.
import type { Feeling } from '../mood.ts';
import { n } from './frame.ts';

/** How somebody holds themselves. */
export type Pose = 'stand' | 'low' | 'run' | 'lie';

export type Figure = {
  readonly x: number;
  /** y of the crown. */
  readonly y: number;
  readonly scale: number;
  readonly woman: boolean;
  readonly facing: 'left' | 'right' | 'camera' | 'away';
  readonly feeling: Feeling;
  readonly speaks: boolean;
  readonly pose: Pose;
  /** Number of the person's colour; undefined for people without one. */
  readonly colour: number | undefined;
};

const skin = 'fill="#f1dcc8"';
// outlines keep their weight whatever the framing; features grow with the face
const line = 'class="nl"';
const cloth = `fill="var(--c)" ${line}`;

/** `bm bf` bodies, `lm lf lk lr` legs, `hm hf` heads from the front, `am af` from behind, `bh` long hair, `e…` eyes, `m…` mouths, `cr` a crowd, `up` from above. */
export const figureSymbols = [
  `<g id="bm"><path ${cloth} d="M-2.6 13.5Q-3 15.5-7 16.2-11.6 17-12.2 21L-13.8 44Q-13.6 48-11.6 48-10 48-9.7 45L-8.4 28-8.2 53H8.2L8.4 28 9.7 45Q10 48 11.6 48 13.6 48 13.8 44L12.2 21Q11.6 17 7 16.2 3 15.5 2.6 13.5Z"/><path fill="none" ${line} d="M-2.6 14.6 0 20 2.6 14.6M0 20V50"/></g>`,
  `<g id="bf"><path ${cloth} d="M-2.4 13.5Q-2.8 15.6-6 16.2-9.8 17-10.4 21L-11.8 43Q-11.6 46.6-9.9 46.6-8.4 46.6-8.2 44L-7 28-6 40-7.6 53H7.6L6 40 7 28 8.2 44Q8.4 46.6 9.9 46.6 11.6 46.6 11.8 43L10.4 21Q9.8 17 6 16.2 2.8 15.6 2.4 13.5Z"/><path fill="none" ${line} d="M-2.6 14.6Q0 20 2.6 14.6M-6 40H6"/></g>`,
  `<path id="lm" ${cloth} d="M-8.2 52-7.8 97-9.4 99.9H-1.6L-.5 62H.5L1.6 99.9H9.4L7.8 97 8.2 52Z"/>`,
  `<path id="lf" ${cloth} d="M-7.6 52Q-10.6 76-12.4 96L-5 97V99.9H-1V97.4H1V99.9H5V97L12.4 96Q10.6 76 7.6 52Z"/>`,
  `<path id="lk" ${cloth} d="M-8 52Q-15 60-16.5 67-16.5 70-13 70H13Q16.5 70 16.5 67 15 60 8 52Z"/>`,
  `<path id="lr" ${cloth} d="M-8.2 52-20 76-27 95-20 97-12 80 0 60 9 76 9 97 16 97 15.4 73 8.2 52Z"/>`,
  `<g id="hm"><path ${skin} d="M-2 12H2V15.6L0 17-2 15.6Z"/><ellipse ${skin} ${line} cy="6.9" rx="4.9" ry="6.6"/><path fill="#2a2622" d="M-5.3 7.4Q-6.2-1 0-1 6.2-1 5.3 7.4 4.7 3.6 1.6 2.9-3.6 3.8-5.3 7.4Z"/></g>`,
  '<path id="bh" fill="#2a2622" d="M-5.8 4Q-8.2 18-7 29 0 31 7 29 8.2 18 5.8 4Z"/>',
  `<g id="hf"><path ${skin} d="M-1.8 12H1.8V15.6L0 17-1.8 15.6Z"/><ellipse ${skin} ${line} cy="6.9" rx="4.7" ry="6.5"/><path fill="#2a2622" d="M-5.7 10Q-6.8-1.4 0-1.4 6.8-1.4 5.7 10 5.2 4.6.4 2.6-4 4.4-5.7 10Z"/></g>`,
  `<g id="am"><path ${skin} d="M-2 11H2V16H-2Z"/><ellipse fill="#2a2622" cy="6.2" rx="5.3" ry="7"/></g>`,
  `<path id="af" fill="#2a2622" d="M-5.7 6Q-6.4-1.2 0-1.2 6.4-1.2 5.7 6 7.6 18 6.6 27L0 29-6.6 27Q-7.6 18-5.7 6Z"/>`,
  eyes('ec', 'M-3.1 5.2Q-1.9 4.6-.8 5.1M3.1 5.2Q1.9 4.6.8 5.1'),
  eyes('ea', 'M-3.2 4.5-.7 5.7M3.2 4.5.7 5.7'),
  eyes('es', 'M-3.2 5.6-.9 4.6M3.2 5.6.9 4.6'),
  `<g id="ew" fill="none" stroke="#2a2622" stroke-width=".45"><path d="M-3.1 4.1Q-1.9 3.4-.8 4M3.1 4.1Q1.9 3.4.8 4"/><g fill="#fff" stroke-width=".25"><ellipse cx="-1.9" cy="7" rx="1.05" ry="1.1"/><ellipse cx="1.9" cy="7" rx="1.05" ry="1.1"/></g><circle cx="-1.9" cy="7" r=".35"/><circle cx="1.9" cy="7" r=".35"/></g>`,
  `<path id="ej" fill="none" stroke="#2a2622" stroke-width=".5" d="M-3 7.3Q-1.9 6-.9 7.3M3 7.3Q1.9 6 .9 7.3M-3.1 4.9Q-1.9 4.2-.9 4.8M3.1 4.9Q1.9 4.2.9 4.8"/>`,
  '<g fill="none" stroke="#6d3430" stroke-width=".5"><path id="ms" d="M-1.2 10.6H1.2"/><path id="mj" d="M-1.5 10.2Q0 11.7 1.5 10.2"/><path id="mf" d="M-1.4 11Q0 9.9 1.4 11"/><ellipse id="mo" cy="10.7" rx="1.2" ry=".9" fill="#6d3430"/></g>',
  `<path id="ns" fill="none" stroke="#2a2622" stroke-width=".35" d="M.2 7.6 1 9 .1 9.3"/>`,
  `<g id="cr" fill="var(--c)" ${line}>${[-27, 25, -16, 15, 0].map((x, i) => `<path d="M${x - 7} ${100 - i}L${x - 9} 45Q${x - 10} ${22 - i} ${x - 3} ${19 - i}A5 6 0 1 1 ${x + 3} ${19 - i}Q${x + 10} ${22 - i} ${x + 9} 45L${x + 7} ${100 - i}Z"/>`).join('')}</g>`,
  `<g id="up"><ellipse ${cloth} rx="12" ry="6"/><path ${skin} ${line} d="M-1.5-4 0-8 1.5-4Z"/><circle r="5" fill="#2a2622"/></g>`,
].join('');

function eyes(id: string, brows: string): string {
  const eye = (x: number) =>
    `<path fill="#fff" stroke-width=".25" d="M${n(x - 1.1)} 7.1Q${n(x)} 6 ${n(x + 1.1)} 7.1 ${n(x)} 7.9 ${n(x - 1.1)} 7.1Z"/><circle cx="${x}" cy="7" r=".5" fill="#2a2622" stroke="none"/>`;
  return `<g id="${id}" fill="none" stroke="#2a2622" stroke-width=".45"><path d="${brows}"/>${eye(-1.9)}${eye(1.9)}</g>`;
}

const faces: Readonly<Record<Feeling, readonly [string, string]>> = {
  terror: ['ew', 'mf'],
  grief: ['es', 'mf'],
  rage: ['ea', 'mf'],
  sorrow: ['es', 'mf'],
  shock: ['ew', 'mo'],
  urgency: ['ew', 'ms'],
  pain: ['es', 'mf'],
  threat: ['ea', 'ms'],
  fear: ['es', 'ms'],
  joy: ['ej', 'mj'],
  tender: ['ec', 'mj'],
  secret: ['ec', 'ms'],
  grave: ['ea', 'ms'],
  doubt: ['es', 'ms'],
  excited: ['ec', 'mj'],
  asking: ['ec', 'ms'],
  hesitant: ['es', 'ms'],
  calm: ['ec', 'ms'],
};

const use = (id: string, x = 0): string => `<use href="#${id}"${x === 0 ? '' : ` x="${x}"`}/>`;
const classOf = (colour: number | undefined): string => (colour === undefined ? '' : ` class="c${colour % 12}"`);

/** A person. Three-quarter views turn the features to the side they face. */
export function figure(one: Figure): string {
  const turned = one.facing === 'left' || one.facing === 'right';
  const legs = one.pose === 'low' ? 'lk' : one.pose === 'run' ? 'lr' : one.woman ? 'lf' : 'lm';
  const parts = [...(one.woman && one.facing !== 'away' ? [use('bh')] : []), use(legs), use(one.woman ? 'bf' : 'bm')];
  if (one.facing === 'away') parts.push(use(one.woman ? 'af' : 'am'));
  else {
    const [eye, mouth] = faces[one.feeling];
    const x = turned ? 1.5 : 0;
    parts.push(use(one.woman ? 'hf' : 'hm'), use(eye, x), use('ns', turned ? 2 : 0), use(one.speaks ? 'mo' : mouth, x));
  }
  // somebody low keeps their feet where a standing person has them
  const down = one.pose === 'low' ? 30 * one.scale : 0;
  const flip = one.facing === 'left' ? '-' : '';
  const turn =
    one.pose === 'lie' ? ` translate(-50 88) rotate(-82)` : one.pose === 'run' ? ' skewX(-9) translate(4)' : '';
  const s = Math.round(one.scale * 1000) / 1000;
  return `<g transform="translate(${n(one.x)} ${n(one.y + down)}) scale(${flip}${s} ${s})${turn}"${classOf(one.colour)}>${parts.join('')}</g>`;
}

/** A group as one shape. */
export const crowd = (x: number, y: number, scale: number, colour: number | undefined): string =>
  `<use href="#cr" transform="translate(${n(x)} ${n(y)}) scale(${Math.round(scale * 1000) / 1000})"${classOf(colour)}/>`;

const turns = { left: -90, right: 90, camera: 180, away: 0 } as const;

/** A person seen from above, with the nose to where they look. */
export const fromAbove = (
  x: number,
  y: number,
  scale: number,
  facing: Figure['facing'],
  colour: number | undefined,
): string =>
  `<use href="#up" transform="translate(${n(x)} ${n(y)}) scale(${Math.round(scale * 1000) / 1000}) rotate(${turns[facing]})"${classOf(colour)}/>`;
