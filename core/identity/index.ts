export { acceptApp, changePassword, dropApp, hasApp, offerSecret, proveEmail, wantEmail } from './self.ts';
export {
  type Answer,
  answerChallenge,
  confirmSignUp,
  isProven,
  prove,
  refreshed,
  refusedOf,
  resendCode,
  revoke,
  sendResetCode,
  setByCode,
  signIn,
  signOutEverywhere,
  signUp,
  userOf,
} from './sign-in.ts';
export { mustBeStrong } from './strong.ts';
