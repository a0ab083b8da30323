import { send } from './client';

/** One server-sent event. */
export interface ServerEvent {
  event: string;
  data: string;
}

/**
 * Cuts a stream of text into server-sent events, however the network cut it before.
 * Returns the events that are complete and the text that waits for more.
 */
export function cutEvents(text: string): { events: ServerEvent[]; rest: string } {
  const blocks = text.replaceAll('\r\n', '\n').split('\n\n');
  const rest = blocks.pop() ?? '';
  const events: ServerEvent[] = [];
  for (const block of blocks) {
    const data: string[] = [];
    let event = 'message';
    for (const line of block.split('\n')) {
      if (line.startsWith('data:')) {
        data.push(line.slice(line.startsWith('data: ') ? 6 : 5));
      } else if (line.startsWith('event:')) {
        event = line.slice(6).trim();
      }
    }
    if (data.length > 0) {
      events.push({ event, data: data.join('\n') });
    }
  }
  return { events, rest };
}

/**
 * Reads server-sent events until the signal aborts. The browser's own EventSource cannot send a
 * token in a header, hence this.
 */
export async function readEvents(
  path: string,
  signal: AbortSignal,
  receive: (events: ServerEvent[]) => void,
): Promise<void> {
  const response = await send(path, { signal, headers: { Accept: 'text/event-stream' } });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) {
    return;
  }
  let waiting = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    const { events, rest } = cutEvents(waiting + value);
    waiting = rest;
    if (events.length > 0) {
      receive(events);
    }
  }
}
