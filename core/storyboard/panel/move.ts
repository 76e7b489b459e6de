// Movement of the camera as arrows on the panel.
import { movementNames, type Said } from '../labels.ts';
import type { ShotContent } from '../schema.ts';
import { type Frame, n } from './frame.ts';

/** The head of every arrow. */
export const moveSymbols =
  '<marker id="ah" viewBox="0 0 6 6" refX="4" refY="3" markerWidth="3.4" markerHeight="3.4" orient="auto"><path d="M0 0 6 3 0 6Z" fill="#e4512b"/></marker>';

/** Arrows of a shot; nothing for a still camera. Sideways moves go where the first person looks. */
export function movement(shot: ShotContent, language: keyof Said, { width: w, height: h }: Frame): string {
  const left = shot.blocking[0]?.facing === 'left';
  const drawn = arrows(shot.movement, w, h, left);
  if (drawn.length === 0) return '';
  const arrow = (d: string) => `<path class="o" d="${d}"/><path class="a" d="${d}"/>`;
  const y = shot.movement === 'crane' || shot.movement === 'tilt' ? 0.52 : 0.83;
  return `${drawn.map(arrow).join('')}<text class="r" x="${n(w - 4)}" y="${n(h * y)}" text-anchor="end">${movementNames[shot.movement][language]}</text>`;
}

function arrows(movement: ShotContent['movement'], w: number, h: number, left: boolean): string[] {
  const [from, to] = left ? [0.86, 0.14] : [0.14, 0.86];
  const line = (x1: number, y1: number, x2: number, y2: number) =>
    `M${n(x1 * w)} ${n(y1 * h)}L${n(x2 * w)} ${n(y2 * h)}`;
  const corners = [
    [0.07, 0.05, 0.19, 0.12],
    [0.93, 0.05, 0.81, 0.12],
    [0.07, 0.95, 0.19, 0.88],
    [0.93, 0.95, 0.81, 0.88],
  ] as const;
  switch (movement) {
    case 'static':
      return [];
    case 'pan':
      return [`M${n(from * w)} ${n(h * 0.86)}Q${n(w / 2)} ${n(h * 0.91)} ${n(to * w)} ${n(h * 0.86)}`];
    case 'track':
      return [line(from, 0.85, to, 0.85), line(from, 0.88, to, 0.88)];
    case 'follow':
      return [`M${n(from * w)} ${n(h * 0.9)}Q${n(w / 2)} ${n(h * 0.93)} ${n(w / 2)} ${n(h * 0.8)}`];
    case 'tilt':
      return [line(0.9, 0.78, 0.9, 0.56)];
    case 'crane':
      return [`M${n(w * 0.84)} ${n(h * 0.9)}Q${n(w * 0.95)} ${n(h * 0.76)} ${n(w * 0.91)} ${n(h * 0.55)}`];
    case 'push_in':
      return corners.map(([x1, y1, x2, y2]) => line(x1, y1, x2, y2));
    case 'pull_out':
      return corners.map(([x1, y1, x2, y2]) => line(x2, y2, x1, y1));
    case 'orbit':
      return [
        `M${n(from * w)} ${n(h * 0.8)}A${n(w * 0.38)} ${n(h * 0.07)} 0 0 ${left ? 1 : 0} ${n(to * w)} ${n(h * 0.8)}`,
      ];
    case 'handheld':
      return [
        `M${n(w * 0.1)} ${n(h * 0.9)}q${n(w * 0.05)} -5 ${n(w * 0.1)} 0t${n(w * 0.1)} 0 ${n(w * 0.1)} 0 ${n(w * 0.1)} 0`,
      ];
  }
}
