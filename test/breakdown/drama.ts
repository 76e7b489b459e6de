// A short script, broken down, and what one asks of it.
import { extractDocument, type Opinion, type PriorDecision, resolve } from '../../core/breakdown/index.ts';
import type { AssetKind, Decision, Resolved } from '../../core/breakdown/schema.ts';
import { parseText } from '../../core/script/index.ts';

/** One scene as scripts write it: slug line, cast line, then lines. */
export const scene = (number: string, place: string, cast: string, ...lines: string[]): string =>
  [`${number} 日 内 ${place}`, `人物：${cast}`, ...lines, ''].join('\n');

/** Breaks a script down. `file` names the format where it is not plain text; `opinions` are a model's. */
export function broken(text: string, prior: PriorDecision[] = [], file = 'drama.txt', opinions: Opinion[] = []) {
  const document = parseText(text, { fileName: file });
  const extractions = extractDocument(document);
  const resolution = resolve(extractions, prior, opinions);
  const asset = (form: string, kind: AssetKind = 'character'): Resolved | undefined =>
    resolution.assets.find(
      (one) => one.kind === kind && one.forms.some(({ surface }) => surface.toLowerCase() === form.toLowerCase()),
    );
  const forms = (form: string, kind: AssetKind = 'character'): string[] =>
    (asset(form, kind)?.forms ?? []).map(({ surface }) => surface).sort();
  const decision = (a: string, b: string): Decision | undefined =>
    resolution.decisions.find((one) => (one.a === a && one.b === b) || (one.a === b && one.b === a));
  /** Names of the people a form means, scene by scene (slug line → name). */
  const meaning = (form: string): Record<string, string> => {
    const byScene = resolution.ambiguous.find(({ surface }) => surface === form)?.byScene ?? {};
    const scenes = document.episodes.flatMap(({ scenes: all }) => all);
    return Object.fromEntries(
      Object.entries(byScene).map(([id, key]) => [
        scenes.find((one) => one.id === id)?.number ?? id,
        resolution.assets.find((one) => one.key === key)?.name ?? key,
      ]),
    );
  };
  return { document, extractions, resolution, asset, forms, decision, meaning };
}
