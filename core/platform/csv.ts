// Cells of tables that people open in a spreadsheet.

/**
 * A field of RFC 4180. Text that a spreadsheet would run as a formula (OWASP, CSV injection: = + - @, tab, return, and their
 * full-width forms, behind blanks too) is led by an apostrophe.
 */
export function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const clean = value.replace(/\0/g, '').replace(/\r\n?/g, '\n');
  const safe = /^\s*[=+\-@＝＋－＠]|^[\t\n]/.test(clean) ? `'${clean}` : clean;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
