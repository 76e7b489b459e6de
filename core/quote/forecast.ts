// What forecasts work, loaded with the first quote: the grammars of scripts, the engine, the readers with their prompts.
export { expectedContinue, expectedGenerate, expectedRewrite } from '../writer/script/expected.ts';
export { expectedPrompts } from '../writer/visual-prompt/expected.ts';
export { forecastShots } from './board.ts';
export { forecastEpisode } from './episode.ts';
export { quoted } from './quoted.ts';
export { quotedScript } from './script.ts';
export { sourceOf } from './source.ts';
