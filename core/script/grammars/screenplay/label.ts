// Speeches behind a colon: JOHN: Hello. and John (laughing): Hello.

const CAPITALS = /^([A-Z][A-Z0-9 .'’#-]{0,28}(?:\s*\([^()]{1,40}\))?):\s+(?=\S)/;
/** What stands before a colon in scripts and is nobody: fields of a scene, of a title page, of a breakdown. */
const FIELD =
  '(?:Notes?|Location|Setting|Time|Date|Place|Scene|Episode|Characters?|Cast|Title|Genre|Logline|Synopsis|Summary|Hook|Cliffhanger|Music|Sound|Audio|Visual|Video|SFX|VFX|BGM|Props?|Costumes?|Wardrobe|Lighting|Camera|Shot|Angle|Action|Duration|Runtime|Written by|Author|Draft|Contact|Version|Source|Super|Caption|Text|On[- ]screen text|Warning|Re|To|From|Subject|PS)';
const ANY = new RegExp(
  `^(?!${FIELD}\\b)([A-Z][\\p{L}\\p{N}.'’#-]{0,20}(?: [\\p{Lu}\\p{N}#][\\p{L}\\p{N}.'’#-]{0,20}){0,3}(?:\\s*\\([^()]{1,40}\\))?):\\s+(?=\\S)`,
  'u',
);

/** Finds the label of a line: [1] the cue, [0] all that stands before the words. */
export type LabelPattern = typeof CAPITALS;

/** @returns how this script labels its speeches, or undefined where it does not. @param cues lines that are cues by themselves. */
export function labelsOf(lines: readonly string[], cues: number): LabelPattern | undefined {
  const isUsual = (count: number) => count >= 3 && count > cues / 2;
  if (isUsual(lines.filter((line) => CAPITALS.test(line)).length)) return CAPITALS;
  const times = new Map<string, number>();
  for (const line of lines) {
    const name = ANY.exec(line)?.[1]
      ?.replace(/\s*\(.*$/, '')
      .toLowerCase();
    if (name !== undefined) times.set(name, (times.get(name) ?? 0) + 1);
  }
  const count = [...times.values()].reduce((sum, one) => sum + one, 0);
  const recurs = [...times.values()].some((one) => one > 1);
  return recurs && isUsual(count) ? ANY : undefined;
}
