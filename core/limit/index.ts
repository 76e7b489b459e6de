export { admit, type Limiter } from './admit.ts';
export { type Limited, limitsOfCall, type Told } from './rate.ts';
