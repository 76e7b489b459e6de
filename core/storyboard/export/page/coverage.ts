// The coverage report on the page: each episode's figures, the spread of shot sizes, and every issue by name.
import { sizeNames } from '../../labels.ts';
import { escaped } from '../../panel/speech.ts';
import { ShotSize } from '../../schema.ts';
import { clock, type Story, type StoryEpisode } from '../story.ts';
import { both, type Language } from '../words.ts';

const shades: Readonly<Record<ShotSize, string>> = {
  ECU: '#7c2d1a',
  CU: '#c2563f',
  MCU: '#e08d5b',
  MS: '#e9c46a',
  MLS: '#8fb08c',
  LS: '#4d8a86',
  ELS: '#2d5568',
};

const headings: readonly (readonly [string, string])[] = [
  ['集', 'Episode'],
  ['对白', 'Dialogue once'],
  ['动作', 'Action'],
  ['顺序', 'Order'],
  ['引用', 'References'],
  ['镜头', 'Shots'],
  ['时长', 'Length'],
  ['中位', 'Median'],
  ['最长', 'Longest'],
  ['景别', 'Sizes'],
  ['跳切', 'Jump cuts'],
  ['越轴', '180°'],
  ['见说话者', 'Speaker seen'],
];

export function coverageSection(story: Story, language: Language): string {
  const heads = headings.map(([zh, en]) => `<th>${language === 'zh' ? `${zh}<i>${en}</i>` : en}</th>`).join('');
  const legend = ShotSize.options
    .map(
      (size) =>
        `<span style="background:${shades[size]}"></span>${language === 'zh' ? sizeNames[size].zh : sizeNames[size].en} <i>${size}</i>`,
    )
    .join('');
  return `<section id="coverage"><h2>${both(language, '覆盖', 'Coverage')}</h2><p class="leg">${legend}</p><div class="tb"><table><thead><tr>${heads}</tr></thead><tbody>${story.episodes.map(row).join('')}</tbody></table></div>${issues(story, language)}</section>`;
}

const percent = (ratio: number): string => `${Math.round(ratio * 100)}%`;
const mark = (good: boolean, text: string): string => `<td class="${good ? 'ok' : 'no'}">${text}</td>`;

function row({ number, title, coverage: c }: StoryEpisode): string {
  return [
    `<tr><td><a href="#e${number}">${number}</a> ${escaped(title)}</td>`,
    mark(c.complete, `${c.dialogue.once}/${c.dialogue.total}`),
    mark(c.action.ratio >= 0.95, `${c.action.covered}/${c.action.total}`),
    mark(c.order.backwards === 0, c.order.backwards === 0 ? '✓' : `${c.order.backwards}`),
    mark(c.references.invalid === 0, `${c.references.total - c.references.invalid}/${c.references.total}`),
    `<td>${c.duration.shots}</td><td>${clock(c.duration.seconds)}</td><td>${c.duration.median.toFixed(1)}s</td>`,
    mark(c.duration.tooLong === 0, `${c.duration.longest.toFixed(1)}s`),
    `<td><div class="bar">${ShotSize.options.map((size) => `<span title="${size} ${c.sizes.counts[size] ?? 0}" style="flex:${c.sizes.counts[size] ?? 0};background:${shades[size]}"></span>`).join('')}</div></td>`,
    mark(c.jumpCuts.ratio <= 0.05, percent(c.jumpCuts.ratio)),
    mark(c.lineCrossings === 0, String(c.lineCrossings)),
    `<td>${percent(c.speakerVisible)}</td></tr>`,
  ].join('');
}

function issues({ episodes }: Story, language: Language): string {
  const all = episodes.flatMap(({ number, coverage }) => coverage.issues.map((issue) => ({ number, ...issue })));
  if (all.length === 0)
    return `<p class="ok">${both(language, '没有发现问题：每句对白恰好出现一次，次序不变。', 'No issues: every line exactly once, in order.')}</p>`;
  const rows = all.slice(0, 500).map(({ number, code, message, shotId }) => {
    const where = shotId === '' ? '' : ` <a href="#${escaped(shotId)}">→</a>`;
    return `<li>${language === 'zh' ? `第 ${number} 集` : `Episode ${number}`} <span class="tag u">${code}</span> ${escaped(message)}${where}</li>`;
  });
  return `<h3>${both(language, '问题', `Issues · ${all.length}`)}</h3><ul>${rows.join('')}</ul>`;
}
