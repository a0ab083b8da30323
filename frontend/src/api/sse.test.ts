import { describe, expect, it } from 'vitest';
import { cutEvents } from './sse';

describe('cutEvents', () => {
  it('keeps what is not complete yet', () => {
    expect(cutEvents('data: 1\n\nda')).toEqual({
      events: [{ event: 'message', data: '1' }],
      rest: 'da',
    });
  });

  it('joins the lines of one event and knows its name', () => {
    expect(cutEvents('event: skipped\ndata: {"a":\ndata: 1}\n\n').events).toEqual([
      { event: 'skipped', data: '{"a":\n1}' },
    ]);
  });

  it('passes over comments, which keep the connection alive', () => {
    expect(cutEvents(': ping\n\ndata:x\r\n\r\n').events).toEqual([{ event: 'message', data: 'x' }]);
  });
});
