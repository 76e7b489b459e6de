// Lines of a screenplay that are known by their own words: transitions, shots, captions, flashbacks, page furniture.
import type { ElementKind } from '../../schema.ts';

const TO = /^[A-Z][A-Z\s'’.,-]{0,40}\bTO:$/;
const TRANSITION =
  /^(?:FADE (?:IN|OUT|UP|TO BLACK|TO WHITE|TO)|FADES? (?:IN|OUT)|CUT TO BLACK|CUT TO WHITE|CUT BACK TO|CUT TO|(?:SMASH|MATCH|JUMP|HARD|QUICK|FLASH) CUT(?: TO(?: BLACK| WHITE)?)?|DISSOLVE(?: TO)?|WIPE(?: TO)?|IRIS (?:IN|OUT)|BLACK ?OUT|TIME CUT|INTERCUT(?: WITH)?|(?:SMASH|SLAM|SNAP|HARD) TO(?: BLACK| WHITE)?|CROSS-?FADE)(?:[.:…]+|$)/;
const SHOT =
  /^(?:(?:X|B|E|M)?CU\b|(?:E|M)WS\b|OTS\b|ANGLE (?:ON|-)|ANOTHER ANGLE|NEW ANGLE|REVERSE ANGLE|CLOSE ON|CLOSE UP|CLOSE-UP|CLOSEUP|EXTREME CLOSE|CLOSER ON|CLOSE SHOT|INSERT\b|WIDE (?:ON|SHOT)|WIDER|TRACKING|AERIAL|POV\b|P\.O\.V\.|[A-Z'’ ]{2,20} P\.?O\.?V\.?\b|SERIES OF SHOTS|MONTAGE|BEGIN MONTAGE|END (?:OF )?(?:MONTAGE|INTERCUT|SERIES OF SHOTS)|FREEZE FRAME|(?:BEGIN |END (?:OF )?)?SPLIT[- ]?SCREEN\b|(?:OVER|ON) (?:BLACK|WHITE)\b|BACK TO (?:SCENE|[A-Z0-9'’ ]{2,30}:?$)|TWO ?SHOT|ON [A-Z ]{2,20}:$|INTERCUT)/;
/** ANGLE ON: the door */
const SHOT_OF = /^[A-Z.'’ -]{2,24}(?::|\s[-–—])\s/;
const CAPTION =
  /^(?:SUPER|SUPERIMPOSE|TITLE|TITLE CARD|TITLE (?:OVER|ON) [A-Z]{4,8}|CHYRON|CAPTION|LEGEND|CARD|SUBTITLE|INTERTITLE|LOWER[- ]THIRD|GRAPHIC|(?:NEWS )?HEADLINE|(?:ON[- ]?SCREEN )?TEXT|ON[- ]?SCREEN|(?:ON )?(?:(?:CELL ?)?PHONE|COMPUTER|LAPTOP|TABLET|TV|MONITOR) SCREEN|TEXT ON (?:SCREEN|PHONE)|TEXT MESSAGE|(?:TEXT )?(?:MESSAGE )?BUBBLE|Text on screen|On[- ]?screen(?: text)?|Phone screen|Text message)\s*:\s*(.*)$/s;
/** TEXT MESSAGE (JOHN): …, TEXT FROM JOHN: …: whom it is from is told with it. */
const MESSAGE = /^(?:TEXT|Text)(?: (?:MESSAGE|message))?(?: ?\([^()]{1,40}\)| (?:FROM|TO|from|to) [^:]{1,40}):\s*\S/;
/** [SFX: THUNDER], [TEXT ON SCREEN: …] */
const BRACKETED = /^\[([^\][]+)\]$/;
/** What is heard and nobody says: SFX: RAIN. GRAMS and FX are the words of British radio. MUSIC: OUT needs its first word. */
const SOUND = /^(?:(?:SFX|FX|F\/X|GRAMS|SOUND(?: EFFECTS?| CUE)?)\s*:\s*(?=\S)|(?=MUSIC(?: CUE)?\s*:\s*\S))/;
/** Acts and what stands around them; a scene that was taken out keeps its number. */
const DIVISION =
  /^(?:(?:END (?:OF )?)?(?:COLD OPEN(?:ING)?|TEASER|TAG|ACT (?:ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|[IVX]+|[0-9]))|(?:MAIN|OPENING|END) (?:TITLES?|CREDITS)|TITLE SEQUENCE|COMMERCIAL BREAK|SCENE (?:START|BEGINS|ENDS?)|(?:START|BEGINNING|END) (?:OF )?SCENE|(?:SCENES? )?(?:[A-Z]?[0-9]{1,4}[A-Z]?(?:\s*(?:[-–—,&]|THRU|THROUGH|TO|AND)\s*[A-Z]?[0-9]{1,4}[A-Z]?)?(?:\s*[.:]\s*|\s+))?(?:[-–—]\s*)?(?:SCENES? )?OMIT(?:TED)?(?:\s+[A-Z]?[0-9]{1,4}[A-Z]?(?:\s*[-–—]\s*[A-Z]?[0-9]{1,4}[A-Z]?)?)?)[.:]?$/;
/** Scene 12 - Omitted */
const TAKEN_OUT = /^Scenes? \S.{0,20}\b[Oo]mitted\.?$/;
const FLASHBACK_END = /^(?:END (?:OF )?FLASHBACK|END (?:OF )?DREAM(?: SEQUENCE)?|BACK TO PRESENT(?: DAY)?)S?[.:]?$/;
const FLASHBACK = /^(?:BEGIN FLASHBACK|FLASHBACK|FLASH BACK(?: TO)?|DREAM SEQUENCE)S?\b[^a-z]{0,30}[.:]?$/;
/** In small letters “end.” is the last word of a sentence that was wrapped. */
const END =
  /^(?:THE END|The End|END OF (?:EPISODE(?: (?:[0-9]{1,3}|[A-Z]{3,9}))?|SHOW|FILM|PLAY)|End of (?:Episode(?: (?:[0-9]{1,3}|[A-Z][a-z]{2,8}))?|Show|Film|Play)|TO BE CONTINUED|To Be Continued|END|FIN|Fin)[.!…]*$/;

/** What a line is by its own words, with the words to keep; undefined for every other line. */
export function fixedLine(line: string): { kind: ElementKind; text: string } | undefined {
  if (line.length > 120) return undefined;
  const inside = line.startsWith('[') ? BRACKETED.exec(line)?.[1]?.trim() : undefined;
  if (inside !== undefined) return fixedLine(inside);
  if (FLASHBACK_END.test(line)) return { kind: 'flashback_end', text: line };
  if (FLASHBACK.test(line)) return { kind: 'flashback_start', text: line };
  if (TO.test(line) || (TRANSITION.test(line) && !/[a-z]/.test(line))) return { kind: 'transition', text: line };
  const caption = CAPTION.exec(line);
  if (caption) return { kind: 'caption', text: caption[1]!.replace(/^["“](.*)["”]$/s, '$1') };
  if (MESSAGE.test(line)) return { kind: 'caption', text: line };
  const sound = SOUND.exec(line);
  if (sound) return { kind: 'sound', text: line.slice(sound[0].length) };
  if (DIVISION.test(TAKEN_OUT.test(line) ? line.toUpperCase() : line)) return { kind: 'note', text: line };
  if (SHOT.test(line) && (!/[a-z]{2}/.test(line) || SHOT_OF.test(line))) return { kind: 'shot', text: line };
  return END.test(line) ? { kind: 'end', text: line } : undefined;
}

const PAGE = /^(?:(?:PAGE|Page|p\.)\s*)?[-–—]?\s*[0-9]{1,4}[A-Z]?\s*[-–—]?\s*[.]?$/;
const MORE = /^\(?\s*MORE\s*\)?$/i;
const CONTINUED = /^(?:[0-9A-Z]{0,5}\s+)?\(?CONTINUED:?\)?(?:\s*\([0-9]+\))?:?(?:\s+[0-9A-Z]{1,5})?$/;
const STARS = /^[*\s]+$/;
const RULE = /^(?:[-_]{3,}|[–—]{2,})$/;

/** Night Ferry - Second Draft                 2. */
const HEADER = /^\S(?:.{0,80}[^\s:,;])?\s{5,}[0-9]{1,3}\.$/;

/** Page numbers and headers, (MORE), CONTINUED and revision stars of a paginated script, and lines drawn across it. */
export const isFurniture = (line: string) =>
  line.length <= 40
    ? PAGE.test(line) ||
      MORE.test(line) ||
      CONTINUED.test(line) ||
      STARS.test(line) ||
      RULE.test(line) ||
      HEADER.test(line)
    : line.length <= 130 && (CONTINUED.test(line.replace(/\s+/g, ' ')) || HEADER.test(line));
