// How long a text is, as lengths are asked for. Pure.

/** UTF-16 units, blanks not counted. */
export const lengthOf = (text: string): number => text.replace(/\s/g, '').length;
