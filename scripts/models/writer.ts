// A writer of few words: outlines and episodes that read well enough to be filmed by nobody, in the layout that is asked for.

const inEnglish = (system: string): boolean => system.includes('Write in English');

/** An outline of so many episodes. */
export function outlineFor(episodes: string, system: string) {
  const numbers = Array.from({ length: Number(episodes) }, (_, at) => at + 1);
  if (inEnglish(system))
    return {
      title: 'The Lamp',
      logline: 'A keeper waits for a ship that does not come.',
      cast: [{ name: 'ANNA', who: 'thirty, keeps the lamp' }, { name: 'TOM', who: 'sixty, a boatman' }],
      episodes: numbers.map((n) => ({ title: `Night ${n}`, beat: `Anna lights lamp ${n}; Tom warns her.`, hook: `A ship answers on night ${n}.` })),
    }; // biome-ignore format: one thought
  return {
    title: '替身灯塔',
    logline: '守灯人等一条不来的船。',
    cast: [{ name: '安然', who: '三十岁，守灯人' }, { name: '老汤', who: '六十岁，船工' }],
    episodes: numbers.map((n) => ({ title: `第${n}夜`, beat: `安然点起第${n}盏灯，老汤劝她离开。`, hook: `第${n}夜，海上有了回光。` })),
  }; // biome-ignore format: one thought
}

/** `3 旧信` and what follows; the last number is the length that is asked for. */
export function writtenFor(part: string, system: string): string {
  const [, number = '1', title = ''] = /^(\d+) ([^\n]*)/.exec(part) ?? [];
  const length = Number(/about (\d+) characters$/.exec(part.trim())?.[1] ?? 600);
  return inEnglish(system) ? english(number, title, length) : chinese(number, title, length);
}

/** The part as it was, and one line more. */
export const rewrittenFor = (part: string, system: string): string =>
  `${part.trimEnd()}\n${inEnglish(system) ? '\nThe lamp flickers.' : '△灯忽明忽暗。'}`;

/** Lines until there are as many characters as asked. */
function upTo(length: number, line: (at: number) => string): string[] {
  const lines: string[] = [];
  for (let written = 0; written < length * 0.9; written += lines.at(-1)!.length) lines.push(line(lines.length));
  return lines;
}

function chinese(number: string, title: string, length: number): string {
  const lines = upTo(
    length,
    (at) =>
      [
        `△安然把第${at + 1}根灯芯剪短，海风灌进来。`,
        `安然：第${number}夜了，灯还亮着，我数到第${at + 1}下。`,
        `老汤（低声）：那就再等一夜，等第${at + 1}条船。`,
      ].at(at % 3)!,
  );
  const half = Math.ceil(lines.length / 2);
  return [
    `第${number}集 ${title}`,
    '',
    `${number}-1 夜 内 灯塔`,
    '人物：安然、老汤',
    ...lines.slice(0, half),
    '',
    `${number}-2 晨 外 码头`,
    '人物：安然、老汤',
    ...lines.slice(half),
  ].join('\n');
}

function english(number: string, title: string, length: number): string {
  const lines = upTo(
    length,
    (at) =>
      [
        `Anna trims wick ${at + 1}. Wind pours in.\n`,
        `ANNA\nNight ${number}, and the lamp burns. I counted to ${at + 1}.\n`,
        `TOM\n(quietly)\nThen one more night, for ship ${at + 1}.\n`,
      ].at(at % 3)!,
  );
  return [`EPISODE ${number}: ${title}`, '', 'INT. LIGHTHOUSE - NIGHT', '', ...lines].join('\n');
}
