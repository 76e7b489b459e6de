// Shots taken apart and put together: lines by part, elements, and what depends on them.
import { retold } from './prompt.ts';
import type { ShotContent } from './schema.ts';
import { lasting } from './timing.ts';

export type Line = ShotContent['lines'][number];

/** A shot with other lines and elements: its length and its video prompt follow. */
export function withSource(
  shot: ShotContent,
  lines: readonly Line[],
  elementIds: readonly string[],
  action: string,
): ShotContent {
  return {
    ...shot,
    lines: [...lines],
    elementIds: [...elementIds],
    action,
    duration: lasting(lines, action),
    videoPrompt: retold(shot.videoPrompt, shot.lines, lines),
  };
}

/** Lines of one shot with neighbouring parts of one element joined into one. */
export function joinedLines(lines: readonly Line[]): Line[] {
  const out: Line[] = [];
  for (const line of lines) {
    const last = out.at(-1);
    if (last?.elementId === line.elementId && last.part < line.part)
      out[out.length - 1] = { ...last, text: last.text + line.text };
    else out.push(line);
  }
  return out;
}

/**
 * Shots with the parts of some elements counted anew, 1 to n in order of appearance.
 * Shots that did not change are the same objects.
 */
export function renumbered(shots: readonly ShotContent[], elements: ReadonlySet<string>): ShotContent[] {
  const totals = new Map<string, number>();
  for (const { lines } of shots)
    for (const { elementId } of lines) totals.set(elementId, (totals.get(elementId) ?? 0) + 1);
  const seen = new Map<string, number>();
  return shots.map((shot) => {
    let changed = false;
    const lines = shot.lines.map((line) => {
      if (!elements.has(line.elementId)) return line;
      const part = (seen.get(line.elementId) ?? 0) + 1;
      const parts = totals.get(line.elementId)!;
      seen.set(line.elementId, part);
      if (part === line.part && parts === line.parts) return line;
      changed = true;
      return { ...line, part, parts };
    });
    return changed ? { ...shot, lines } : shot;
  });
}
