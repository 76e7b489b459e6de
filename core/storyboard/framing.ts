// How a beat is framed. Conventions of editing from a script: start wide, closer with emotion, inserts for props, faces that react.
import type { Beat } from './beats/beat.ts';
import { actionFrame, whoActs } from './framing/action.ts';
import { asks, led, moveOf } from './framing/camera.ts';
import { bare, type Frame, type Setting } from './framing/frame.ts';
import { lineFrame } from './framing/line.ts';

/** The frame of the beat at `i`; `before` are the frames of the beats before it in this scene. */
export function frameOf(i: number, setting: Setting, before: readonly Frame[]): Frame {
  const beat = setting.beats[i]!;
  const asked = cameraAsked(beat, setting, before);
  if (asked !== undefined) return asked;
  if (beat.kind === 'caption') return bare('LS', 'static', 'caption');
  return beat.kind === 'line' ? lineFrame(i, beat, setting, before) : actionFrame(i, beat, setting, before);
}

function cameraAsked(beat: Beat, setting: Setting, before: readonly Frame[]): Frame | undefined {
  const words = beat.camera || led.exec(beat.action)?.[0] || '';
  const size = asks.find(([mark]) => mark.test(words))?.[1];
  if (size === undefined) return undefined;
  const people = /空镜/.test(words) ? [] : whoActs(beat, setting, before);
  const angle = /俯|overhead|aerial/i.test(words) ? 'overhead' : /仰|low angle/i.test(words) ? 'low' : 'eye_level';
  return { size, angle, movement: moveOf(beat, size), purpose: people.length > 0 ? 'action' : 'insert', people };
}
