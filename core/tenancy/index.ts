export { beginClosing } from './begin-closing.ts';
export { close, reopen } from './close.ts';
export { findClosure, nameHashOf } from './closure.ts';
export {
  loadOnboarding,
  type Onboarding,
  onboardingAgain,
  onboardingOpening,
  onboardingsBefore,
} from './onboarding.ts';
export { hasOwner } from './owner.ts';
export { takeBack } from './take-back.ts';
export type { Trouble } from './trouble.ts';
