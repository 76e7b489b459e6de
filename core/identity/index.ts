export {
  acceptApp,
  changePassword,
  dropApp,
  hasApp,
  mustReachAccount,
  offerSecret,
  proveEmail,
  wantEmail,
} from './self.ts';
export {
  type Answer,
  answerChallenge,
  isProven,
  prove,
  type Refreshing,
  refreshed,
  refusedOf,
  revoke,
  signIn,
  signOutEverywhere,
} from './sign-in.ts';
export { confirmSignUp, resendCode, sendResetCode, setByCode, signUp, userOf } from './sign-up.ts';
export { mustBeStrong } from './strong.ts';
