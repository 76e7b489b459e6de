// The storyboard as one page: panels, shots, assets, coverage. Self-contained; it asks the network for nothing and runs no script.

import { escaped } from '../panel/speech.ts';
import { panelStyle, panelSymbols } from '../panel.ts';
import { assetsSection } from './page/assets.ts';
import { coverageSection } from './page/coverage.ts';
import { episodeSection } from './page/episode.ts';
import { pageStyle } from './page/style.ts';
import { clock, panelCast, type Story } from './story.ts';
import { both, type Language } from './words.ts';

/** The page. The same story always gives the same bytes. */
export function storyHtml(story: Story): string {
  const cast = panelCast(story);
  const { language } = cast;
  const zh = language === 'zh';
  const title = zh ? `《${escaped(story.title)}》` : escaped(story.title);
  return [
    `<!doctype html><html lang="${zh ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${title}${zh ? '分镜 · ' : ' – '}Storyboard</title><style>${pageStyle(story.aspect)}${panelStyle}</style></head><body>`,
    panelSymbols,
    `<header><div><h1>${title}<small>${zh ? '分镜 ' : ''}Storyboard</small></h1>${summary(story, language)}</div>${navigation(story, language)}</header><main>`,
    ...story.episodes.map((episode) => episodeSection(episode, cast)),
    assetsSection(story, cast),
    coverageSection(story, language),
    '</main></body></html>\n',
  ].join('');
}

function summary({ episodes }: Story, language: Language): string {
  const sum = (of: (episode: Story['episodes'][number]) => number) =>
    episodes.reduce((total, one) => total + of(one), 0);
  const [once, total] = [sum(({ coverage }) => coverage.dialogue.once), sum(({ coverage }) => coverage.dialogue.total)];
  const facts: readonly (readonly [number | string, string, string])[] = [
    [episodes.length, '集', 'episodes'],
    [sum(({ scenes }) => scenes.length), '场', 'scenes'],
    [sum(({ shots }) => shots.length), '镜', 'shots'],
    [clock(sum(({ coverage }) => coverage.duration.seconds)), '时长', 'length'],
    [`${once}/${total}`, '对白恰好一次', 'lines exactly once'],
  ];
  return `<p class="sum">${facts.map(([value, zh, en]) => `<span${value === `${once}/${total}` && once < total ? ' class="bad"' : ''}><b>${value}</b> ${both(language, zh, value === 1 ? en.replace(/s$/, '') : en)}</span>`).join('')}</p>`;
}

function navigation({ episodes }: Story, language: Language): string {
  const links = episodes.map(
    ({ number, title, coverage }) =>
      `<a href="#e${number}" title="${escaped(title)}"${coverage.complete ? '' : ' class="bad"'}>${number}</a>`,
  );
  return `<nav><span>${both(language, '集', 'Episode')}</span>${links.join('')}<a class="w2" href="#assets">${both(language, '资产', 'Assets')}</a><a class="w2" href="#coverage">${both(language, '覆盖', 'Coverage')}</a></nav>`;
}
