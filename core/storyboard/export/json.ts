// A storyboard as data, in the field names of the API.
import { toSnake } from '../../platform/case.ts';
import type { Story } from './story.ts';

/** Everything of a story but its coverage, which is a report of its own. */
export function storyJson({ title, aspect, assets, episodes }: Story): string {
  const told = episodes.map(({ number, title: name, scenes, shots }) => ({
    number,
    title: name,
    scenes: scenes.map((scene) => ({ id: scene.id, number: scene.number, heading: scene.heading })),
    seconds: Math.round(10 * shots.reduce((sum, shot) => sum + shot.duration, 0)) / 10,
    shots: shots.map((shot, i) => ({ number: i + 1, ...shot })),
  }));
  return `${JSON.stringify(toSnake({ title, aspect, episodes: told, assets }), null, 1)}\n`;
}

/** The coverage reports of all episodes, and what they add up to. */
export function coverageJson({ title, episodes }: Story): string {
  const reports = episodes.map(({ number, title: name, coverage }) => ({ episode: number, title: name, ...coverage }));
  const sum = (of: (report: (typeof reports)[number]) => number) => reports.reduce((total, one) => total + of(one), 0);
  const total = {
    complete: reports.every((report) => report.complete),
    dialogue: {
      total: sum(({ dialogue }) => dialogue.total),
      once: sum(({ dialogue }) => dialogue.once),
      missing: sum(({ dialogue }) => dialogue.missing),
      twice: sum(({ dialogue }) => dialogue.twice),
      altered: sum(({ dialogue }) => dialogue.altered),
    },
    action: { total: sum(({ action }) => action.total), covered: sum(({ action }) => action.covered) },
    shots: sum(({ duration }) => duration.shots),
    seconds: Math.round(10 * sum(({ duration }) => duration.seconds)) / 10,
    issues: sum(({ issues }) => issues.length),
  };
  return `${JSON.stringify(toSnake({ title, ...total, episodes: reports }), null, 1)}\n`;
}
