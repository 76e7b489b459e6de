// The place behind the people: a room, the inside of a car, a street, open land or water, in the light of the hour.
import type { ShotContent } from '../schema.ts';
import { type Frame, n } from './frame.ts';

/** Drawn in 100 × 100 with the horizon at 62, stretched to the frame. Colours come from the hour's class. */
export const scenerySymbols = [
  place(
    'gi',
    '<path fill="var(--wall)" d="M0 0H100V100H0Z"/><path fill="var(--flr)" d="M0 72 18 62H82L100 72V100H0Z"/><path fill="none" stroke="var(--mid)" stroke-width=".6" d="M18 62V0M82 62V0M18 62 0 72M82 62 100 72M18 62H82"/><path fill="var(--lit)" stroke="var(--mid)" stroke-width="1.2" d="M56 18H74V44H56Z"/><path fill="none" stroke="var(--mid)" stroke-width=".8" d="M65 18V44M56 31H74"/><path fill="var(--far)" d="M26 28H42V62H26Z"/><path fill="var(--mid)" d="M39 46H40.4V48.4H39Z"/>',
  ),
  place(
    'gs',
    '<path fill="var(--sky)" d="M0 0H100V100H0Z"/><path fill="var(--far)" d="M30 62V38L36 33 43 38V45L50 40 57 45V36L63 31 70 36V62Z"/><path fill="var(--mid)" d="M0 70V26L14 19 30 27 27 31V64ZM100 70V22L84 16 69 25 72 29V64Z"/><path fill="var(--lit)" d="M8 38H13V45H8ZM18 38H23V45H18ZM78 35H83V42H78ZM88 35H93V42H88Z"/><path fill="var(--gnd)" d="M0 69 27 62H72L100 69V100H0Z"/>',
  ),
  place(
    'gw',
    '<path fill="var(--sky)" d="M0 0H100V100H0Z"/><path fill="var(--far)" d="M0 62V48L18 34 34 50 52 30 74 52 88 42 100 50V62Z"/><path fill="var(--gnd)" d="M0 62H100V100H0Z"/><path fill="var(--mid)" d="M4 66 9 40 14 66ZM11 68 17 46 23 68ZM84 67 90 43 96 67Z"/>',
  ),
  place(
    'gl',
    '<path fill="var(--sky)" d="M0 0H100V100H0Z"/><path fill="var(--far)" d="M0 60 20 50 44 60ZM60 60 82 48 100 58V60Z"/><path fill="var(--mid)" d="M0 60H100V86H0Z"/><path stroke="var(--lit)" stroke-width=".8" d="M12 66H34M50 70H78M22 76H48M62 80H90"/><path fill="var(--gnd)" d="M0 84H100V100H0Z"/>',
  ),
  place(
    'gc',
    '<path fill="var(--wall)" d="M0 0H100V100H0Z"/><path fill="var(--sky)" stroke="var(--mid)" stroke-width="1" d="M20 14H80L90 50H10Z"/><path fill="var(--far)" d="M12 44 32 40 44 44 62 39 88 45 90 50H10Z"/><path fill="var(--mid)" d="M42 16H58V21H42ZM0 8 14 14 4 54 0 56ZM100 8 86 14 96 54 100 56Z"/><path fill="var(--flr)" d="M0 62Q50 48 100 62V100H0Z"/><circle cx="30" cy="68" r="11" fill="none" stroke="var(--mid)" stroke-width="2.4"/><path fill="var(--lit)" d="M54 62H70V66H54Z"/>',
  ),
  place('gn', '<path fill="var(--wall)" d="M0 0H100V100H0Z"/><path fill="var(--flr)" d="M0 62H100V100H0Z"/>'),
  place(
    'gf',
    '<path fill="var(--flr)" d="M0 0H100V100H0Z"/><path fill="none" stroke="var(--mid)" stroke-width=".5" d="M0 20H100M0 40H100M0 60H100M0 80H100M20 0V100M40 0V100M60 0V100M80 0V100"/>',
  ),
  place(
    'gr',
    '<path fill="none" stroke="#cfdbe6" stroke-width=".5" opacity=".8" d="M8 4 5 16M26 10 23 22M44 2 41 14M62 12 59 24M80 4 77 16M96 14 93 26M14 34 11 46M34 40 31 52M54 32 51 44M72 42 69 54M90 34 87 46M6 62 3 74M24 70 21 82M46 60 43 72M64 72 61 84M84 62 81 74M98 76 95 88M14 86 11 98M38 88 35 99M76 88 73 99"/>',
  ),
  place(
    'gx',
    '<path fill="none" stroke="#fff" stroke-width="1.4" stroke-linecap="round" d="M8 6h.1M30 12h.1M52 5h.1M74 14h.1M92 6h.1M16 28h.1M40 34h.1M62 26h.1M86 36h.1M6 50h.1M28 56h.1M50 48h.1M72 58h.1M94 50h.1M18 74h.1M42 80h.1M64 72h.1M88 82h.1M10 94h.1M54 95h.1"/>',
  ),
].join('');

function place(id: string, drawing: string): string {
  return `<symbol id="${id}" viewBox="0 0 100 100" preserveAspectRatio="none">${drawing}</symbol>`;
}

/** Colours of the hours. */
export const hourColours = `
.hDAY{--sky:#dce9f2;--far:#b4c6d0;--mid:#8ea3ad;--gnd:#cbc4b2;--wall:#efe9de;--flr:#d3c6b0;--lit:#fffdf2}
.hNIGHT{--sky:#28365a;--far:#1d2947;--mid:#141d35;--gnd:#1a2238;--wall:#464a63;--flr:#343850;--lit:#f6d98c}
.hDAWN{--sky:#f4dcd2;--far:#cdb4b8;--mid:#a08f9c;--gnd:#cbbcae;--wall:#f0e3da;--flr:#d6c4b4;--lit:#ffeec4}
.hDUSK{--sky:#f0b98c;--far:#bd8672;--mid:#84606a;--gnd:#a98b74;--wall:#ecd2b4;--flr:#c8a683;--lit:#ffe09a}
.hUNKNOWN{--sky:#e7e6e3;--far:#c6c4bf;--mid:#a09d97;--gnd:#d2cfc8;--wall:#ebe9e4;--flr:#d0ccc3;--lit:#faf9f5}`;

const water = /河|湖|海|江|溪|岸|码头|港|船|塘|桥|river|lake|sea\b|ocean|harbou?r|dock|beach|boat|bridge/i;
const wild =
  /山|林|野|荒|坡|谷|原|田|坟|墓|园|崖|漠|forest|wood|hill|mountain|field|desert|valley|garden|cemetery|cliff/i;

/** Inside something that drives; not the shed of it. */
const car =
  /车(?:内|里|上|厢|中)?$|(?:车|驾驶室)(?:内|里|厢|后座)|驾驶室|\b(?:car|taxi|cab|van|truck|limo(?:usine)?|suv|sedan|ambulance)\b(?!\s+(?:park|wash|dealer|lot|shop|rental|repair))/i;

/** Said of those inside, where a slug line names the road as well: 街道/车内. */
const seated =
  /开着?车|驾车|[前后]座|副驾|方向盘|\b(?:drives|driving|(?:at|behind) the wheel|(?:back|rear|passenger|driver['’]s) ?seat)\b/i;

/** Whether a shot is taken inside a car, where people sit. */
export const isInCar = ({ intExt, location, action }: Pick<ShotContent, 'intExt' | 'location' | 'action'>): boolean =>
  car.test(location) && (intExt !== 'EXT' || seated.test(action));

function kindOf(shot: ShotContent): string {
  const { intExt, location, angle } = shot;
  if (angle === 'overhead') return 'gf';
  if (isInCar(shot)) return 'gc';
  if (intExt === 'INT') return 'gi';
  if (water.test(location)) return 'gl';
  if (wild.test(location)) return 'gw';
  return intExt === 'UNKNOWN' ? 'gn' : 'gs';
}

/** How much larger the place stands behind closer framings. */
const nearness: Readonly<Record<ShotContent['size'], number>> = {
  ELS: 1,
  LS: 1,
  MLS: 1.25,
  MS: 1.5,
  MCU: 1.9,
  CU: 2.4,
  ECU: 3.2,
};

/** Behind the people. From above the ground fills the frame, from below the sky does; close framings lose it out of focus. */
export function scenery(shot: ShotContent, { width, height }: Frame): string {
  const near = shot.blocking.length === 0 && shot.purpose !== 'insert' ? 1 : nearness[shot.size];
  const horizon = shot.angle === 'high' ? 0.4 : shot.angle === 'low' ? 0.84 : 0.62;
  const w = width * near;
  const h = height * near * (shot.angle === 'high' ? 1.35 : 1);
  const drawn = `<use href="#${kindOf(shot)}" x="${n((width - w) / 2)}" y="${n(Math.max(height - h, Math.min(0, horizon * height - 0.62 * h)))}" width="${n(w)}" height="${n(h)}"${shot.depthOfField === 'shallow' ? ' opacity=".55"' : ''}/>`;
  const isOpen = (shot.intExt === 'EXT' || shot.intExt === 'INT_EXT') && shot.angle !== 'overhead';
  return isOpen ? drawn + sky(shot, { width, height }, 4 + near) : drawn;
}

/** What falls from clouds; where nothing does the sun or the moon, round whatever the frame is. */
function sky({ atmosphere }: ShotContent, { width, height }: Frame, radius: number): string {
  const falls = (id: string) => `<use href="#${id}" width="${width}" height="${height}"/>`;
  if (/雪|snow/i.test(atmosphere)) return falls('gx');
  if (/雨|rain/i.test(atmosphere)) return falls('gr');
  return `<circle cx="${n(width * 0.8)}" cy="${n(height * 0.12)}" r="${n(radius)}" fill="var(--lit)"/>`;
}
