import { describe, expect, it } from 'vitest';
import type { StreamEvent } from '../../api/schemas';
import { columnsOf, merge, toRow } from './rows';

const update: StreamEvent = {
  partition: 1,
  offset: 7,
  timestamp: 1,
  value: {
    before: { id: 1, quantity: 5 },
    after: { id: 1, quantity: 4 },
    op: 'u',
    ts: '2026-01-01T00:00:00Z',
    source: {},
  },
};

describe('toRow', () => {
  it('shows the columns of the captured table, with what was there before', () => {
    const row = toRow(update);
    expect(row.op).toBe('update');
    expect(row.cells.get('id')).toEqual({ text: '1' });
    expect(row.cells.get('quantity')).toEqual({ text: '4', before: '5' });
  });

  it('shows what was deleted', () => {
    const row = toRow({
      ...update,
      value: { ...update.value, op: 'd', after: null },
    });
    expect(row.op).toBe('delete');
    expect(row.cells.get('quantity')).toEqual({ text: '5' });
  });

  it('shows any other event by its own columns', () => {
    const row = toRow({ ...update, value: { a: null, b: { c: 1 }, d: false } });
    expect([...row.cells.values()].map((cell) => cell.text)).toEqual(['NULL', '{"c":1}', 'false']);
  });
});

describe('merge', () => {
  const row = (offset: number) => toRow({ ...update, offset });

  it('puts the newest first, without those that are there', () => {
    const shown = merge([row(2), row(1)], [row(2), row(3), row(4)], 3);
    expect(shown.map((r) => r.key)).toEqual(['1-4', '1-3', '1-2']);
  });

  it('knows the columns of all', () => {
    expect(columnsOf([row(1)])).toEqual(['id', 'quantity']);
  });
});
