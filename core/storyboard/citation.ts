// What a shot still cites though it no longer covers it: the id of the element, and why it was let go.

/** The words left the script. */
export const gone = (id: string): string => `${citedId(id)}~gone`;
/** The words are in the script, but no longer beside the others of the shot; another shot covers them. */
export const apart = (id: string): string => `${citedId(id)}~apart`;

export const isGone = (id: string): boolean => id.endsWith('~gone');
export const isApart = (id: string): boolean => id.endsWith('~apart');

/** The id of the element that was cited. */
export const citedId = (id: string): string => id.replace(/~\w+$/, '');
