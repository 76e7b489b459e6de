// The outputs of the demo, each written whole or not at all.
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { coverageJson, shotsCsv, storyHtml, storyJson } from '../../core/storyboard/index.ts';
import type { Board } from './collect.ts';
import { notWritten, openFolder } from './folder.ts';
import { breakdownOf, storyOf } from './story.ts';

/** Writes storyboard.html, storyboard.json, shots.csv, breakdown.json and coverage.json. Throws an Error that says what to do. */
export async function write(board: Board, out: string): Promise<string[]> {
  const story = storyOf(board);
  const files: Record<string, string> = {
    'storyboard.html': storyHtml(story),
    'storyboard.json': storyJson(story),
    'shots.csv': shotsCsv(story),
    'breakdown.json': `${JSON.stringify(breakdownOf(board), null, 1)}\n`,
    'coverage.json': coverageJson(story),
  };
  openFolder(out);
  try {
    for (const [name, text] of Object.entries(files)) await replace(join(out, name), text);
  } catch (error) {
    throw notWritten(out, error);
  }
  return Object.keys(files).map((name) => join(out, name));
}

/** A reader sees the old file or the new one, never a part. */
async function replace(path: string, text: string): Promise<void> {
  const fresh = `${path}.${process.pid}.new`;
  try {
    await writeFile(fresh, text);
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}
