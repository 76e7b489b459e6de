// Speeches behind a colon: JOHN: Hello. and John (laughing): Hello.

/** What stands before a colon in scripts and is nobody: fields of a scene, of a title page, of a breakdown. */
const FIELD =
  '(?:Notes?|Location|Setting|Time|Date|Place|Scene|Episode|Characters?|Cast|Title|Genre|Logline|Synopsis|Summary|Hook|Cliffhanger|Music|Sound|Audio|Visual|Video|SFX|VFX|BGM|Props?|Costumes?|Wardrobe|Lighting|Camera|Shot|Angle|Action|Duration|Runtime|Written by|Author|Draft|Contact|Version|Source|Super|Caption|Text|On[- ]screen text|Warning|Re|To|From|Subject|PS)';
const CAPITALS = new RegExp(
  `^(?!${FIELD.toUpperCase()}\\s*:)([A-Z][A-Z0-9 .'’#-]{0,28}(?:\\s*\\([^()]{1,40}\\))?):\\s+(?=\\S)`,
);
const ANY = new RegExp(
  `^(?!${FIELD}\\b)([A-Z][\\p{L}\\p{N}.'’#-]{0,20}(?: [\\p{Lu}\\p{N}#][\\p{L}\\p{N}.'’#-]{0,20}){0,3}(?:\\s*\\([^()]{1,40}\\))?):\\s+(?=\\S)`,
  'u',
);

/** Finds the label of a line: [1] the cue, [0] all that stands before the words. */
export type LabelPattern = typeof CAPITALS;

/** Whether a line begins with a name in capitals and a colon, whatever the script does elsewhere. */
export const isLabelled = (line: string) => CAPITALS.test(line);

/** @returns how this script labels its speeches, or undefined where it does not. @param cues lines that are cues by themselves. */
export function labelsOf(lines: readonly string[], cues: number): LabelPattern | undefined {
  const isUsual = (count: number) => count >= 3 && count > cues / 2;
  const inCapitals = lines.flatMap((line) => CAPITALS.exec(line)?.[1]?.replace(/\s*\(.*$/, '') ?? []);
  const names = new Set(inCapitals.map((name) => name.toLowerCase()));
  const times = new Map<string, number>();
  let mixed = false;
  for (const line of lines) {
    const written = ANY.exec(line)?.[1]?.replace(/\s*\(.*$/, '');
    if (written === undefined) continue;
    const name = written.toLowerCase();
    // JOHN: and John: are one person
    if (names.has(name) && /\p{Ll}/u.test(written)) mixed = true;
    times.set(name, (times.get(name) ?? 0) + 1);
  }
  if (isUsual(inCapitals.length) && !mixed) return CAPITALS;
  const count = [...times.values()].reduce((sum, one) => sum + one, 0);
  const recurs = [...times.values()].some((one) => one > 1);
  return recurs && isUsual(count) ? ANY : undefined;
}
