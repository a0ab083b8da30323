import type { StreamEvent } from '../../api/schemas';

/** A cell of the table: what is shown, and what was there before when it changed. */
export interface Cell {
  text: string;
  before?: string;
}

export interface Row {
  key: string;
  timestamp: number;
  op?: string;
  cells: Map<string, Cell>;
}

const OPERATIONS: Record<string, string> = {
  r: 'read',
  c: 'insert',
  u: 'update',
  d: 'delete',
  t: 'truncate',
};

/** Whether an event is a change of a captured table: it has op, before and after. */
export function isChange(value: Record<string, unknown>): boolean {
  return typeof value.op === 'string' && 'before' in value && 'after' in value;
}

function text(value: unknown): string {
  if (value === null || value === undefined) {
    return 'NULL';
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/**
 * An event as a row of a table. The changes of a captured table are shown by the table's own
 * columns, each with its value before where that differs.
 */
export function toRow(event: StreamEvent): Row {
  const key = `${event.partition}-${event.offset}`;
  const cells = new Map<string, Cell>();
  if (!isChange(event.value)) {
    for (const [name, value] of Object.entries(event.value)) {
      cells.set(name, { text: text(value) });
    }
    return { key, timestamp: event.timestamp, cells };
  }
  const op = String(event.value.op);
  const before = (event.value.before ?? null) as Record<string, unknown> | null;
  const after = (event.value.after ?? null) as Record<string, unknown> | null;
  for (const name of Object.keys(after ?? before ?? {})) {
    const now = text((after ?? before)?.[name]);
    const then = before && after ? text(before[name]) : now;
    cells.set(name, then === now ? { text: now } : { text: now, before: then });
  }
  return { key, timestamp: event.timestamp, op: OPERATIONS[op] ?? op, cells };
}

/** All columns of some rows, in the order they are first met. */
export function columnsOf(rows: readonly Row[]): string[] {
  const names = new Set<string>();
  for (const row of rows) {
    for (const name of row.cells.keys()) {
      names.add(name);
    }
  }
  return [...names];
}

/** The newest first, at most so many. */
export function merge(shown: readonly Row[], arrived: readonly Row[], limit: number): Row[] {
  const known = new Set(shown.map((row) => row.key));
  const fresh = arrived.filter((row) => !known.has(row.key));
  return [...fresh.reverse(), ...shown].slice(0, limit);
}
