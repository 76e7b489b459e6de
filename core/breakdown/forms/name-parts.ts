// What a written name tells about itself, in either language.
import type { Gender } from '../vocabulary/titles.ts';

/**
 * name: surname and given name · titled: surname and title (沈总, DR. WELLS) · title: an office or rank alone (陛下) · kin: 老爹
 * pet: 老周, 阿意, 念念 · ordinal: 三郎, 七殿下 · role: 黑衣男 · numbered: 书吏甲, GUARD 2 · crowd · voice: 旁白 · other: also an English role, WAITER
 */
type NameKind =
  | 'name'
  | 'titled'
  | 'title'
  | 'kin'
  | 'pet'
  | 'ordinal'
  | 'role'
  | 'numbered'
  | 'crowd'
  | 'voice'
  | 'other';

export interface NameParts {
  readonly kind: NameKind;
  readonly surname?: string;
  readonly given?: string;
  /** FISH of EDDIE "FISH" MORENO. */
  readonly nick?: string;
  readonly title?: string;
  /** 三 of 三郎, 七 of 七殿下. */
  readonly ordinal?: string;
  /** The character or name a pet form is made of: 周 of 老周, 念 of 念念, 十七 of 十七哥. */
  readonly stem?: string;
  /** 少年 of 少年裴照, YOUNG of YOUNG ROMEO; `base` is the rest. */
  readonly state?: string;
  readonly base?: string;
  readonly gender?: Gender;
}
