// Fountain's emphasis marks are no words: *italics*, **bold**, _underline_. A mark with no partner, or with a backslash, is a character.

const ESCAPED = /\\([*_])/g;
const STARS = /(\*{1,3})(?=\S)([^*]+)(?<=\S)\1/g;
const UNDERLINE = /(?<![\p{L}\p{N}])_(?=\S)([^_]+)(?<=\S)_(?![\p{L}\p{N}])/gu;

/** The line without emphasis marks. */
export function plain(line: string): string {
  if (!line.includes('*') && !line.includes('_') && !line.includes('\\')) return line;
  const kept = line.replace(ESCAPED, (_, mark: string) => (mark === '*' ? '\ue000' : '\ue001'));
  const bare = kept.replace(STARS, '$2').replace(UNDERLINE, '$1').replace(STARS, '$2');
  return bare.replace(/\ue000/g, '*').replace(/\ue001/g, '_');
}
