// Numbers of DynamoDB: up to 38 significant digits between 1E-130 and 9.99…E+125, kept as text and never as a double.
// Source: "Supported data types and naming rules" (Amazon DynamoDB Developer Guide), Numbers.

/** sign × 0.DIGITS × 10^point; zero has no digits. */
type Decimal = { readonly negative: boolean; readonly digits: string; readonly point: number };

/** Says why a text is not a number, in the words of the service. */
export class NotANumber extends Error {}

const PRECISION = 38;
/** Exponents of the first digit that DynamoDB takes. */
const [SMALLEST, LARGEST] = [-130, 125];

const shape = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

const parse = (text: string): Decimal => {
  if (!shape.test(text))
    throw new NotANumber(`The parameter cannot be converted to a numeric value${text && `: ${text}`}`);
  const negative = text.startsWith('-');
  const [mantissa = '', exponent = '0'] = text.replace(/^[+-]/, '').split(/[eE]/);
  const [whole = '', fraction = ''] = mantissa.split('.');
  const all = whole + fraction;
  const digits = all.replace(/^0+/, '');
  const leading = all.length - digits.length;
  return limited({ negative, digits: digits.replace(/0+$/, ''), point: whole.length - leading + Number(exponent) });
};

const limited = (decimal: Decimal): Decimal => {
  if (decimal.digits === '') return { negative: false, digits: '', point: 0 };
  if (decimal.point - 1 > LARGEST)
    throw new NotANumber('Number overflow. Attempting to store a number with magnitude larger than supported range');
  if (decimal.point - 1 < SMALLEST)
    throw new NotANumber('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  if (decimal.digits.length > PRECISION)
    throw new NotANumber('Attempting to store more than 38 significant digits in a Number');
  return decimal;
};

const format = ({ negative, digits, point }: Decimal): string => {
  if (digits === '') return '0';
  const plain =
    point <= 0
      ? `0.${'0'.repeat(-point)}${digits}`
      : point >= digits.length
        ? digits + '0'.repeat(point - digits.length)
        : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return negative ? `-${plain}` : plain;
};

const simple = /^(0|-?[1-9]\d{0,36})$/;

/** The one spelling of a number: no exponent, no outer zeros. Throws NotANumber with the service's text. */
export const normalNumber = (text: string): string => (simple.test(text) ? text : format(parse(text)));

const complement = (digits: string): string => digits.replace(/\d/g, (digit) => String(9 - Number(digit)));

/** A text that sorts among others, byte by byte, as the numbers do. Takes a checked number. */
export const orderedNumber = (text: string): string => {
  const { negative, digits, point } = parse(text);
  if (digits === '') return '1';
  const place = point + 200;
  if (!negative) return `2${String(place).padStart(3, '0')}${digits}`;
  // Longer digits make a smaller number below zero; `~` sorts after every digit.
  return `0${String(999 - place).padStart(3, '0')}${complement(digits)}~`;
};

/** Below zero, zero or above, as `a` is less than, equal to or more than `b`. Takes checked numbers. */
export const compareNumbers = (a: string, b: string): number => {
  const [one, other] = [orderedNumber(a), orderedNumber(b)];
  return one < other ? -1 : one > other ? 1 : 0;
};

const scaled = ({ negative, digits, point }: Decimal, places: number): bigint => {
  const value = BigInt(digits || '0') * 10n ** BigInt(places - (digits.length - point));
  return negative ? -value : value;
};

/** `a + b`, or `a - b` with sign -1; exact. Throws NotANumber when the sum leaves the range or needs more than 38 digits. */
export const addNumbers = (a: string, b: string, sign: 1 | -1): string => {
  const [one, other] = [parse(a), parse(b)];
  const places = Math.max(one.digits.length - one.point, other.digits.length - other.point, 0);
  const sum = scaled(one, places) + BigInt(sign) * scaled(other, places);
  const negative = sum < 0n;
  const all = (negative ? -sum : sum).toString();
  const digits = all.replace(/0+$/, '').replace(/^0+/, '');
  return format(limited({ negative, digits, point: all.length - places }));
};

/** Bytes a number takes: one for two digits, one more, and one for the sign of a negative one. */
export const numberSize = (text: string): number => {
  const { digits, negative } = parse(text);
  return digits === '' ? 1 : 1 + Math.ceil(digits.length / 2) + (negative ? 1 : 0);
};
