// What the closed words of a shot are called, in Chinese and English.
import type { CameraAngle, Movement, ShotContent, ShotSize, ShotTransition } from './schema.ts';

export type Said = { readonly zh: string; readonly en: string };
const said = (zh: string, en: string): Said => ({ zh, en });

export const sizeNames: Readonly<Record<ShotSize, Said>> = {
  ECU: said('大特写', 'extreme close-up'),
  CU: said('特写', 'close-up'),
  MCU: said('近景', 'medium close-up'),
  MS: said('中景', 'medium shot'),
  MLS: said('中全景', 'medium long shot'),
  LS: said('全景', 'long shot'),
  ELS: said('远景', 'extreme long shot'),
};

export const angleNames: Readonly<Record<CameraAngle, Said>> = {
  eye_level: said('平视', 'eye level'),
  high: said('俯拍', 'high angle'),
  low: said('仰拍', 'low angle'),
  overhead: said('顶拍', 'overhead'),
  dutch: said('倾斜', 'dutch angle'),
  over_shoulder: said('过肩', 'over the shoulder'),
  pov: said('主观', 'point of view'),
};

export const movementNames: Readonly<Record<Movement, Said>> = {
  static: said('固定', 'static camera'),
  pan: said('摇', 'pan'),
  tilt: said('俯仰', 'tilt'),
  push_in: said('推', 'slow push in'),
  pull_out: said('拉', 'pull out'),
  track: said('移', 'tracking shot'),
  follow: said('跟', 'follow shot'),
  crane: said('升降', 'crane move'),
  handheld: said('手持', 'handheld'),
  orbit: said('环绕', 'orbit'),
};

export const transitionNames: Readonly<Record<ShotTransition, Said>> = {
  cut: said('切', 'cut'),
  dissolve: said('叠化', 'dissolve'),
  fade_in: said('淡入', 'fade in'),
  fade_out: said('淡出', 'fade out'),
  smash_cut: said('硬切', 'smash cut'),
  match_cut: said('匹配剪辑', 'match cut'),
  flashback_in: said('闪回入', 'flashback in'),
  flashback_out: said('闪回出', 'flashback out'),
  black: said('黑场', 'black'),
};

export const purposeNames: Readonly<Record<ShotContent['purpose'], Said>> = {
  establishing: said('建立', 'establishing'),
  dialogue: said('对白', 'dialogue'),
  reaction: said('反应', 'reaction'),
  action: said('动作', 'action'),
  insert: said('插入', 'insert'),
  transition: said('转场', 'transition'),
  caption: said('字幕', 'caption'),
  montage: said('意境', 'montage'),
};

export const timeNames: Readonly<Record<ShotContent['time'], Said>> = {
  DAY: said('日', 'day'),
  NIGHT: said('夜', 'night'),
  DAWN: said('晨', 'dawn'),
  DUSK: said('黄昏', 'dusk'),
  SAME: said('同前', 'same time as before'),
  UNKNOWN: said('时间不明', 'time not stated'),
};

export const intExtNames: Readonly<Record<ShotContent['intExt'], Said>> = {
  INT: said('内景', 'interior'),
  EXT: said('外景', 'exterior'),
  INT_EXT: said('内外景', 'interior and exterior'),
  UNKNOWN: said('内外不明', 'setting not stated'),
};

export const voiceNames: Readonly<Record<ShotContent['lines'][number]['voice'], Said>> = {
  ON: said('', ''),
  OS: said('OS', 'O.S.'),
  VO: said('VO', 'V.O.'),
  PHONE: said('电话', 'phone'),
};

export const sideNames: Readonly<Record<ShotContent['blocking'][number]['side'], Said>> = {
  left: said('画左', 'frame left'),
  centre: said('画中', 'centre'),
  right: said('画右', 'frame right'),
};

export const facingNames: Readonly<Record<ShotContent['blocking'][number]['facing'], Said>> = {
  left: said('朝左', 'facing left'),
  right: said('朝右', 'facing right'),
  camera: said('朝镜头', 'facing camera'),
  away: said('背对镜头', 'back to camera'),
};

export const rigNames: Readonly<Record<ShotContent['rig'], Said>> = {
  tripod: said('三脚架', 'tripod'),
  slider: said('滑轨', 'slider'),
  dolly: said('轨道车', 'dolly'),
  gimbal: said('稳定器', 'gimbal'),
  crane: said('摇臂', 'crane'),
  handheld: said('手持', 'handheld'),
};

export const speedNames: Readonly<Record<ShotContent['speed'], Said>> = {
  slow: said('慢', 'slow'),
  normal: said('常速', 'normal'),
  fast: said('快', 'fast'),
};

export const depthNames: Readonly<Record<ShotContent['depthOfField'], Said>> = {
  deep: said('大景深', 'deep focus'),
  medium: said('中景深', 'medium depth of field'),
  shallow: said('浅景深', 'shallow depth of field'),
};
