// Whether a sign-in holds, and what somebody signed in with.
import { describe, expect, test } from 'vitest';
import { deviceOf, judged, unnoted } from '../../../core/session/session.ts';

describe('a sign-in', () => {
  const allEnded = { at: 10, moment: 10_500 };

  test('holds by its row, until it is ended', () => {
    expect(judged({ firstSeen: 5000 }, { id: 'one', authTime: 5, allEnded: undefined })).toBe('holds');
    expect(judged({ firstSeen: 50_000, endedAt: 1 }, { id: 'one', authTime: 50, allEnded: undefined })).toBe('ended');
  });

  test('that has a row ends with all others of its time, and one of the very second after does not', () => {
    expect(judged({ firstSeen: 5000 }, { id: 'one', authTime: 5, allEnded })).toBe('ended');
    expect(judged({ firstSeen: 10_500 }, { id: 'one', authTime: 10, allEnded })).toBe('ended');
    expect(judged({ firstSeen: 10_501 }, { id: 'one', authTime: 10, allEnded })).toBe('holds');
    // made elsewhere before, and seen for the first time only after
    expect(judged({ firstSeen: 10_501 }, { id: 'one', authTime: 9, allEnded })).toBe('ended');
  });

  test('that ended all others stays', () => {
    const spared = { ...allEnded, except: 'one' };
    expect(judged({ firstSeen: 5000 }, { id: 'one', authTime: 5, allEnded: spared })).toBe('holds');
    expect(judged({ firstSeen: 5000 }, { id: 'other', authTime: 5, allEnded: spared })).toBe('ended');
    expect(judged({ firstSeen: 5000, endedAt: 7 }, { id: 'one', authTime: 5, allEnded: spared })).toBe('ended');
  });

  test('that nobody has seen yet holds unless all of its time were ended, its own second counted', () => {
    expect(judged(undefined, { id: 'one', authTime: 5, allEnded: undefined })).toBe('new');
    expect(judged(undefined, { id: 'one', authTime: 10, allEnded })).toBe('ended');
    expect(judged(undefined, { id: 'one', authTime: 11, allEnded })).toBe('new');
  });

  test('is noted every five minutes, not at every call', () => {
    expect([unnoted({ lastSeen: 0 }, 300_000), unnoted({ lastSeen: 0 }, 300_001)]).toEqual([false, true]);
  });
});

test.each([
  ['Mozilla/5.0 (Windows NT 10.0) Chrome/140.0.0.0 Safari/537.36 Edg/140.0', 'Edge · Windows'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15', 'Safari · macOS'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1', 'Safari · iOS'],
  ['Mozilla/5.0 (Linux; Android 15) MicroMessenger/8.0 Chrome/120.0 Mobile', 'WeChat · Android'],
  ['curl/8.5.0', 'curl/8.5.0'],
  ['x\r\ny', 'xy'],
  ['', '?'],
  ['y'.repeat(5000), 'y'.repeat(60)],
])('%s is shown as %s', (agent, device) => expect(deviceOf(agent)).toBe(device));
