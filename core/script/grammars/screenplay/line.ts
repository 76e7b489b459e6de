// Lines of a screenplay that are known by their own words: transitions, shots, captions, flashbacks, page furniture.
import type { ElementKind } from '../../schema.ts';

const TO = /^[A-Z][A-Z\s'’.,-]{0,40}\bTO:$/;
const TRANSITION =
  /^(?:FADE (?:IN|OUT|UP|TO BLACK|TO WHITE|TO)|FADES? (?:IN|OUT)|CUT TO BLACK|CUT TO WHITE|CUT BACK TO|CUT TO|SMASH CUT(?: TO)?|MATCH CUT(?: TO)?|JUMP CUT(?: TO)?|HARD CUT(?: TO)?|DISSOLVE(?: TO)?|WIPE(?: TO)?|IRIS (?:IN|OUT)|BLACK ?OUT|TIME CUT|INTERCUT(?: WITH)?)(?:[.:…]+|$)/;
const SHOT =
  /^(?:ANGLE (?:ON|-)|ANOTHER ANGLE|NEW ANGLE|REVERSE ANGLE|CLOSE ON|CLOSE UP|CLOSE-UP|CLOSEUP|EXTREME CLOSE|CLOSER ON|CLOSE SHOT|INSERT\b|WIDE (?:ON|SHOT)|WIDER|TRACKING|AERIAL|POV\b|P\.O\.V\.|[A-Z' ]{2,20}(?:'S|’S)? P\.?O\.?V\.?\b|SERIES OF SHOTS|MONTAGE|BEGIN MONTAGE|END MONTAGE|BACK TO SCENE|TWO ?SHOT|ON [A-Z ]{2,20}:$|INTERCUT)/;
/** ANGLE ON: the door */
const SHOT_OF = /^[A-Z.' ]{3,24}(?::|\s[-–—])\s/;
const CAPTION = /^(?:SUPER|SUPERIMPOSE|TITLE|TITLE CARD|CHYRON|CAPTION|LEGEND|CARD|SUBTITLE)\s*:\s*(.*)$/s;
const FLASHBACK_END = /^(?:END (?:OF )?FLASHBACK|END (?:OF )?DREAM(?: SEQUENCE)?|BACK TO PRESENT(?: DAY)?)S?[.:]?$/;
const FLASHBACK = /^(?:BEGIN FLASHBACK|FLASHBACK|FLASH BACK(?: TO)?|DREAM SEQUENCE)S?\b[^a-z]{0,30}[.:]?$/;
const END = /^(?:THE END|END OF (?:EPISODE|SHOW|FILM|PLAY)|FIN)[.!]?$/i;

/** What a line is by its own words, with the words to keep; undefined for every other line. */
export function fixedLine(line: string): { kind: ElementKind; text: string } | undefined {
  if (line.length > 120) return undefined;
  if (FLASHBACK_END.test(line)) return { kind: 'flashback_end', text: line };
  if (FLASHBACK.test(line)) return { kind: 'flashback_start', text: line };
  if (TO.test(line) || (TRANSITION.test(line) && !/[a-z]/.test(line))) return { kind: 'transition', text: line };
  const caption = CAPTION.exec(line);
  if (caption) return { kind: 'caption', text: caption[1]!.replace(/^["“](.*)["”]$/s, '$1') };
  if (SHOT.test(line) && (!/[a-z]{2}/.test(line) || SHOT_OF.test(line))) return { kind: 'shot', text: line };
  return END.test(line) ? { kind: 'end', text: line } : undefined;
}

const PAGE = /^(?:(?:PAGE|Page|p\.)\s*)?[-–—]?\s*[0-9]{1,4}[A-Z]?\s*[-–—]?\s*[.]?$/;
const MORE = /^\(?\s*MORE\s*\)?$/i;
const CONTINUED = /^(?:[0-9A-Z]{0,5}\s+)?\(?CONTINUED:?\)?(?:\s*\([0-9]+\))?:?(?:\s+[0-9A-Z]{1,5})?$/;
const STARS = /^[*\s]+$/;
const RULE = /^(?:[-_]{3,}|[–—]{2,})$/;

/** Page numbers, (MORE), CONTINUED and revision stars of a paginated script, and lines drawn across it. */
export const isFurniture = (line: string) =>
  line.length <= 40 &&
  (PAGE.test(line) || MORE.test(line) || CONTINUED.test(line) || STARS.test(line) || RULE.test(line));
