// What the camera department needs: lens, rig, speed, white balance, set-ups, and how a moving shot ends.
import type { Said } from '../labels.ts';
import type { Feeling } from '../mood.ts';
import type { ShotContent } from '../schema.ts';

/** Lens and depth of field by size: wide and deep for views, long and shallow for faces. */
export const optics: Readonly<Record<ShotContent['size'], Pick<ShotContent, 'lens' | 'depthOfField'>>> = {
  ELS: { lens: '18mm', depthOfField: 'deep' },
  LS: { lens: '24mm', depthOfField: 'deep' },
  MLS: { lens: '35mm', depthOfField: 'medium' },
  MS: { lens: '50mm', depthOfField: 'medium' },
  MCU: { lens: '65mm', depthOfField: 'shallow' },
  CU: { lens: '85mm', depthOfField: 'shallow' },
  ECU: { lens: '100mm', depthOfField: 'shallow' },
};

export const rigs: Readonly<Record<ShotContent['movement'], ShotContent['rig']>> = {
  static: 'tripod',
  pan: 'tripod',
  tilt: 'tripod',
  push_in: 'slider',
  pull_out: 'slider',
  track: 'dolly',
  follow: 'gimbal',
  crane: 'crane',
  handheld: 'handheld',
  orbit: 'gimbal',
};

const quick = new Set<Feeling>(['urgency', 'rage', 'excited']);

/** How fast the camera moves: with the feeling of the moment. */
export function speedOf(movement: ShotContent['movement'], feeling: Feeling): ShotContent['speed'] {
  if (movement === 'static') return 'normal';
  if (quick.has(feeling)) return 'fast';
  return movement === 'push_in' || movement === 'pull_out' || movement === 'crane' ? 'slow' : 'normal';
}

/** White balance of the hour: 5600 K is daylight, 3200 K lamps. */
export const temperatures: Readonly<Record<ShotContent['time'], string>> = {
  DAY: '5600K',
  NIGHT: '3200K',
  DAWN: '4300K',
  DUSK: '3800K',
  SAME: '5600K',
  UNKNOWN: '5600K',
};

/** What the eye is led to: the people whose faces are seen, else the things, else the place. */
export function focusOf(shot: ShotContent, props: readonly string[], language: 'zh' | 'en'): string {
  const faces = shot.blocking.filter((one) => one.facing !== 'away').map((one) => one.name);
  const names = faces.length > 0 ? faces : props;
  return names.length > 0 ? names.join(language === 'zh' ? '、' : ', ') : shot.location;
}

/** Numbers of the camera set-ups of a scene: shots of one size and angle on the same people are taken from one. */
export function setups(): (shot: ShotContent) => number {
  const known = new Map<string, number>();
  return ({ size, angle, blocking }) => {
    const key = [size, angle, ...blocking.map((one) => one.assetId || one.name).sort()].join('|');
    const number = known.get(key) ?? known.size + 1;
    known.set(key, number);
    return number;
  };
}

/** Labels of the stretches of a scene that fit one clip of 15 seconds. */
export function tracks(sceneNumber: string): (duration: number) => string {
  let number = 1;
  let filled = 0;
  return (duration) => {
    if (filled > 0 && filled + duration > 15) [number, filled] = [number + 1, 0];
    filled += duration;
    return `${sceneNumber}/${number}`;
  };
}

const ends: Readonly<Partial<Record<ShotContent['movement'], Said>>> = {
  pan: { zh: '镜头摇至画面另一侧', en: 'the camera has panned to the other side' },
  tilt: { zh: '镜头俯仰到位', en: 'the tilt has arrived' },
  push_in: { zh: '镜头推近，主体占满画面', en: 'the camera has pushed in, the subject fills the frame' },
  pull_out: { zh: '镜头拉开，环境尽现', en: 'the camera has pulled out, the place is revealed' },
  track: { zh: '镜头横移到位', en: 'the tracking move has arrived' },
  follow: { zh: '镜头跟至主体停处', en: 'the camera has followed to where the subject stops' },
  crane: { zh: '镜头升起，俯瞰全景', en: 'the camera has risen over the scene' },
  orbit: { zh: '镜头环绕至侧面', en: 'the camera has circled to the side' },
};

/**
 * The prompt of the last frame: the first frame, and what has changed since. '' where first and last are alike.
 * @param wanted how a director wants it to end; else it ends as the camera's move does
 */
export function endFrame(shot: ShotContent, wanted: Partial<Said> = {}): ShotContent['endFrame'] {
  const end = { ...ends[shot.movement], ...wanted };
  return {
    zh: end.zh ? `${shot.imagePrompt.zh}尾帧：${end.zh.replace(/[。.]+$/, '')}。` : '',
    en: end.en ? `${shot.imagePrompt.en} Last frame: ${end.en.replace(/[。.]+$/, '')}.` : '',
  };
}
