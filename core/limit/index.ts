export { admit, type Limiter } from './admit.ts';
export { limitsOfCall, type Told } from './rate.ts';
