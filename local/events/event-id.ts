// Ids of events: the same event has the same id however often it is told, so that whoever counts sees one.
import { createHash } from 'node:crypto';

/** A UUID (version 8, RFC 9562) made of what the event is about. */
export function eventId(...about: readonly string[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(about)).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
