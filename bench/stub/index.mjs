// A step of fixed latency: a plan for the reading step, nothing for the others.
const latency = Number(process.env.LATENCY);
const episodes = Array.from({ length: 20 }, (_, i) => i + 1);

export const handler = async () => {
  await new Promise((resolve) => setTimeout(resolve, latency));
  return { extract: episodes, storyboard: episodes };
};
