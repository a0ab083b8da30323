const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat('en');

/** 12345 → 12.3K */
export function short(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : compact.format(value);
}

/** 12345 → 12,345 */
export function full(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : whole.format(value);
}

/** Events per second, with a decimal where it matters. */
export function rate(value: number | null | undefined): string {
  if (value === null || value === undefined) {
    return '–';
  }
  return `${value > 0 && value < 10 ? value.toFixed(1) : compact.format(Math.round(value))}/s`;
}

/** How long ago, in the largest unit that fits. */
export function ago(moment: number | string | null | undefined, now: number = Date.now()): string {
  if (!moment) {
    return 'never';
  }
  const millis = new Date(moment).getTime();
  const seconds = Math.max(0, Math.round((now - millis) / 1000));
  if (seconds < 2) {
    return 'now';
  }
  const units: [string, number][] = [
    ['d', 86400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ];
  for (const [unit, length] of units) {
    if (seconds >= length) {
      return `${Math.floor(seconds / length)} ${unit} ago`;
    }
  }
  return 'now';
}
