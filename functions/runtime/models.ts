// What a function that plans work with models knows: the platform's keys, the models asked by default, the addresses allowed.
import * as z from 'zod';
import { type Ai, CalledProvider, guardedFetch, secretReader, sleep } from '../../core/ai/planning.ts';
import { once } from '../../core/platform/once.ts';
import { env } from './env.ts';

const Models = z.array(z.object({ provider: CalledProvider, model: z.string() }));
const Addresses = z.object({ http: z.boolean(), privateNetworks: z.boolean() });

const models = once(() => Models.parse(JSON.parse(env('MODELS'))));
const addresses = once(() => Addresses.parse(JSON.parse(env('MODEL_ADDRESSES'))));
const secrets = once(() => secretReader(env('MODEL_SECRET'), Date.now));
const fetch = once(() => guardedFetch(addresses()));

const refuse = (): never => {
  throw new TypeError('this function may plan work with models, not do it; its capability is models:ask');
};

const planning: Ai = {
  get models() {
    return models();
  },
  get addresses() {
    return addresses();
  },
  get fetch() {
    return fetch();
  },
  secrets: (provider) => secrets()(provider),
  provider: refuse,
  sealer: { seal: refuse, open: refuse },
  sleep,
  random: Math.random,
};

/** The gateway of a function that chooses models and asks none. */
export const planningAi = (): Ai => planning;
