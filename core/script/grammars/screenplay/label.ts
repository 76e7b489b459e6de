// Speeches behind a colon: JOHN: Hello. and John (laughing): Hello.

/** What stands before a colon in scripts and is nobody: fields of a scene, of a title page, of a breakdown. */
const FIELD =
  '(?:Notes?|Location|Setting|Time(?: of day)?|Day/Night|Int/Ext|Interior/Exterior|A/C|A/V|B-?roll|Transition|Mood|Tone|Format|Pacing|Style|Date|Place|Scene|Episode|Characters?|Cast|Title|Genre|Logline|Synopsis|Summary|Hook|Cliffhanger|Teaser|Music|Sound|Audio|Visual|Video|SFX|VFX|BGM|Props?|Costumes?|Wardrobe|Lighting|Camera|Shot|Angle|Action|Duration|Runtime|Written by|Author|Draft|Contact|Version|Source|Super|Caption|Text|On[- ]screen text|Warning|Re|To|From|Subject|PS)';
const CAPITALS = new RegExp(
  `^(?!${FIELD.toUpperCase()}\\s*:)((?:[0-9]{1,2}(?:ST|ND|RD|TH) )?\\p{Lu}[\\p{Lu}0-9 .'’#&/-]{0,28}(?:\\s*\\([^()]{1,40}\\)){0,2}):\\s+(?=\\S)`,
  'u',
);
const ANY = new RegExp(
  `^(?!${FIELD}\\b)(\\p{Lu}[\\p{L}\\p{N}.'’#-]{0,20}(?: (?:& )?[\\p{Lu}\\p{N}#][\\p{L}\\p{N}.'’#-]{0,20}){0,3}(?:\\s*\\([^()]{1,40}\\)){0,2}):\\s+(?=\\S)`,
  'u',
);

/** A field of a title page or a breakdown that is somebody where it comes again. */
const SOMEBODY = /^((?:AUTHOR|CAMERA|CONTACT|SOURCE)(?:\s*\([^()]{1,40}\))?):\s+(?=\S)/;

/** Finds the label of a line: [1] the cue, [0] all that stands before the words. */
export type LabelPattern = Pick<RegExp, 'exec' | 'test'>;

/** Whether a line begins with a name in capitals and a colon, whatever the script does elsewhere. */
export const isLabelled = (line: string) => CAPITALS.test(line);

/** @returns how this script labels its speeches, or undefined where it does not. @param cues how many lines are cues by themselves. */
export function labelsOf(lines: readonly string[], cues: number): LabelPattern | undefined {
  const isUsual = (count: number) => count >= 3 && count > cues / 2;
  const fields = recurring(lines.flatMap((line) => nameOf(SOMEBODY.exec(line)) ?? []));
  const inCapitals = lines.flatMap((line) => nameOf(CAPITALS.exec(line)) ?? []);
  const count = inCapitals.length + lines.filter((line) => fields.has(nameOf(SOMEBODY.exec(line)) ?? '')).length;
  if (isUsual(count)) return capitals(new Set(inCapitals), fields);
  const any = lines.flatMap((line) => nameOf(ANY.exec(line)) ?? []);
  return recurring(any).size > 0 && isUsual(any.length) ? ANY : undefined;
}

/** Labels in capitals, fields that are somebody, and John: where JOHN: is a label too. */
function capitals(names: ReadonlySet<string>, fields: ReadonlySet<string>): LabelPattern {
  const exec = (line: string) => {
    const field = SOMEBODY.exec(line);
    if (field && fields.has(nameOf(field)!)) return field;
    const written = CAPITALS.exec(line);
    if (written) return written;
    const mixed = ANY.exec(line);
    return mixed && names.has(nameOf(mixed)!) ? mixed : null;
  };
  return { exec, test: (line) => exec(line) !== null };
}

/** MIA (laughing): No. – no words but a manner stand so behind capitals. */
const WITH_MANNER = /\(\p{Ll}[^()]*\)$/u;

/** MIA: No. in a script whose people have their names on lines of their own, when one of these is MIA, and MIA (laughing): No.; undefined where nobody is labelled. */
export function labelsOfNames(lines: readonly string[], names: ReadonlySet<string>): LabelPattern | undefined {
  const exec = (line: string) => {
    const label = CAPITALS.exec(line);
    return label && (names.has(nameOf(label)!) || WITH_MANNER.test(label[1]!)) ? label : null;
  };
  return lines.some(exec) ? { exec, test: (line) => exec(line) !== null } : undefined;
}

/** NOTE: above its words. */
const FIELD_ALONE = new RegExp(`^${FIELD}\\s*:$`, 'i');

/** Who speaks by a line that is nothing but a name and a colon: MIA: or Mia (low): above what is said. */
export const namedAlone = (line: string) =>
  line.length <= 60 && line.endsWith(':') && !FIELD_ALONE.test(line)
    ? nameOf(CAPITALS.exec(`${line} x`) ?? ANY.exec(`${line} x`))
    : undefined;

/** The name of a label: John (low) and JOHN are JOHN. */
const nameOf = (label: RegExpExecArray | null) => label?.[1]?.replace(/\s*\(.*$/, '').toUpperCase();

/** The names that come more than once. */
export function recurring(names: readonly string[]): ReadonlySet<string> {
  const once = new Set<string>();
  return new Set(names.filter((name) => once.size === once.add(name).size));
}
