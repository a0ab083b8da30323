import { describe, expect, it } from 'vitest';
import { ago, full, rate, short } from './format';

describe('numbers for people', () => {
  it('shortens large numbers', () => {
    expect(short(12_345)).toBe('12.3K');
    expect(full(12_345)).toBe('12,345');
    expect(short(undefined)).toBe('–');
  });

  it('keeps a decimal of small rates', () => {
    expect(rate(0)).toBe('0/s');
    expect(rate(0.25)).toBe('0.3/s');
    expect(rate(26_400)).toBe('26.4K/s');
  });

  it('says how long ago', () => {
    expect(ago(null)).toBe('never');
    expect(ago(1000, 2000)).toBe('now');
    expect(ago('2026-01-31T08:15:00Z', Date.UTC(2026, 0, 31, 8, 17))).toBe('2 min ago');
    expect(ago(0 + 1, 125_001)).toBe('2 min ago');
  });
});
