// Angle and movement by what is told, and the framing the script's own words ask for.
import type { Beat } from '../beats/beat.ts';
import type { CameraAngle, Movement, ShotSize } from '../schema.ts';
import { unwritten } from '../written.ts';

/** Words of a camera line of the script, the narrower first: 大特写 before 特写. */
export const asks: readonly (readonly [RegExp, ShotSize])[] = [
  [/大特写|极特写|extreme close/i, 'ECU'],
  [/特写|close[ -]?(up|on)|insert/i, 'CU'],
  [/近景/, 'MCU'],
  [/中景|medium/i, 'MS'],
  [/中全景|中远景/, 'MLS'],
  [/大远景|大全景|航拍|远景|aerial|extreme long/i, 'ELS'],
  [/全景|空镜|wide|long shot|establishing/i, 'LS'],
];

export const led = /^[【[（(]?(?:特写|大特写|近景|中景|全景|远景|空镜)/;

/** Whether the script's own words ask for a framing. */
export const asksSize = (text: string): boolean => asks.some(([mark]) => mark.test(led.exec(text)?.[0] ?? ''));

/** The angle a beat asks for; eye level is the rule. */
export function angleOf(beat: Beat, size: ShotSize): CameraAngle {
  const text = beat.action;
  if (/门缝|从.{1,6}看去|望出去|through the (keyhole|gap)/i.test(text)) return 'pov';
  if (/舆图|棋盘|围坐|overhead|from above/i.test(text)) return 'overhead';
  if (/跪|倒地|倒在|瘫|蜷|跌坐|kneel|collapse|cower/i.test(text)) return 'high';
  if (/立于|立在|端坐|负手|居高|逼近|踏|looms?|towers?/i.test(text)) return 'low';
  if (beat.mood.word === 'terror' && size !== 'ECU') return 'dutch';
  if (beat.mood.word === 'rage' || (beat.mood.word === 'threat' && size !== 'CU')) return 'low';
  if (beat.mood.word === 'grief' && size !== 'ECU') return 'high';
  return 'eye_level';
}

/** Camera movement a picture asks for; a still camera is the rule. */
const moves: readonly (readonly [RegExp, Movement])[] = [
  [/目光扫|环顾|扫过|缓缓转动|looks around|scans/i, 'pan'],
  [/抬头|仰望|站起|起身|升起|落下|looks up|rises|stands up/i, 'tilt'],
  [/缠斗|交手|狂奔|挣扎|逃|厮杀|fights?\b|struggle|chase/i, 'handheld'],
  [/骑|策马|驶|车(?![门窗座钥灯轮票里内库站停祸])|drives?\b|rides?\b/i, 'track'],
  [/走|快步|跑|冲|跟|涉水|walks?\b|runs?\b|hikes?\b|follows?\b/i, 'follow'],
  [/围坐|转身|旋|对视|circle|spins?\b/i, 'orbit'],
  [/远去|漂远|离去|渐远|空荡荡|独自|leaves|alone|away/i, 'pull_out'],
  [/露出|映出|发现|看见|凑近|逼近|reveal|notices?\b|leans/i, 'push_in'],
];

/** The movement a beat asks for at this size. */
export function moveOf(beat: Beat, size: ShotSize): Movement {
  const asked = moves.find(([mark]) => mark.test(beat.camera || unwritten(beat.action)))?.[1];
  if (asked !== undefined && !(asked === 'orbit' && size === 'ECU')) return asked;
  if (beat.mood.word === 'urgency' && size !== 'ECU') return 'handheld';
  return beat.mood.level >= 2 ? 'push_in' : 'static';
}
