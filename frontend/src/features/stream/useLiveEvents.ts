import { useEffect, useRef, useState } from 'react';
import { get } from '../../api/client';
import { problemText } from '../../api/problem';
import type { StreamEvent, StreamEvents } from '../../api/schemas';
import { readEvents } from '../../api/sse';
import { merge, type Row, toRow } from './rows';

const SHOWN = 200;
const RETRY_MILLIS = 2000;

interface Live {
  rows: Row[];
  /** Events that came faster than they could be shown. */
  skipped: number;
  error: string | null;
}

/**
 * The last events of a stream, then the new ones as they are committed. While paused they are
 * kept back, at most as many as are shown.
 */
export function useLiveEvents(stream: string, paused: boolean): Live {
  const [rows, setRows] = useState<Row[]>([]);
  const [skipped, setSkipped] = useState(0);
  const [error, setError] = useState<string | null>(null);
  const held = useRef<Row[]>([]);
  const pausing = useRef(paused);

  useEffect(() => {
    pausing.current = paused;
    if (!paused && held.current.length > 0) {
      const arrived = held.current;
      held.current = [];
      setRows((shown) => merge(shown, arrived, SHOWN));
    }
  }, [paused]);

  useEffect(() => {
    const abort = new AbortController();
    setRows([]);
    setSkipped(0);
    held.current = [];
    const path = `/streams/${encodeURIComponent(stream)}`;

    const receive = (arrived: Row[]) => {
      if (pausing.current) {
        held.current = [...held.current, ...arrived].slice(-SHOWN);
      } else {
        setRows((shown) => merge(shown, arrived, SHOWN));
      }
    };

    const follow = async () => {
      while (!abort.signal.aborted) {
        try {
          const live = readEvents(`${path}/live`, abort.signal, (events) => {
            setError(null);
            const arrived: Row[] = [];
            for (const { event, data } of events) {
              if (event === 'skipped') {
                setSkipped((count) => count + Number(data));
              } else if (event === 'message') {
                arrived.push(toRow(JSON.parse(data) as StreamEvent));
              }
            }
            receive(arrived);
          });
          const recent = await get<StreamEvents>(`${path}/events?limit=50`);
          receive(recent.items.map(toRow));
          setError(null);
          await live;
        } catch (reason) {
          if (abort.signal.aborted) {
            return;
          }
          setError(problemText(reason));
        }
        await new Promise((resolve) => setTimeout(resolve, RETRY_MILLIS));
      }
    };
    void follow();
    return () => abort.abort();
  }, [stream]);

  return { rows, skipped, error };
}
