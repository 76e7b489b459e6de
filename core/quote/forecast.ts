// What forecasts work, loaded with the first quote: the grammars of scripts, the engine, the readers with their prompts.
export { forecastShots } from './board.ts';
export { forecastEpisode } from './episode.ts';
export { quoted } from './quoted.ts';
export { quotedScript } from './script.ts';
export { sourceOf } from './source.ts';
