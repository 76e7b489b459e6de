// How fast the machine is at the moment: shared machines are not as fast at one hour as at another, and a figure is read beside this one.

const steps = 100_000_000;

/** Milliseconds that a hundred million dependent steps of integer arithmetic take on one core. */
export function reference(): number {
  const since = performance.now();
  let state = 1;
  for (let step = 0; step < steps; step++) state = (Math.imul(state, 31) + step) | 0;
  // the result is used, so that the loop cannot be left out
  return performance.now() - since + (state === 0.5 ? 1 : 0);
}
