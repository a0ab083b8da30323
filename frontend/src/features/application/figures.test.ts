import { describe, expect, it } from 'vitest';
import type { ComponentStatus } from '../../api/schemas';
import { edgeFigures, edgeKey } from './figures';

function component(name: string, edges: ComponentStatus['edges']) {
  return { name, edges };
}

describe('edgeFigures', () => {
  it('gives every reader its own rate and lag, and a stream the sum of its writers', () => {
    const figures = edgeFigures([
      component('a', [{ stream: 's', input: false, events: 1, rate: 2, lag: 0 }]),
      component('b', [{ stream: 's', input: false, events: 1, rate: 3, lag: 0 }]),
      component('c', [{ stream: 's', input: true, events: 1, rate: 5, lag: 7 }]),
    ]);
    expect(figures.streams.get('s')).toBe(5);
    expect(figures.edges.get(edgeKey('s', 'c'))).toEqual({ rate: 5, lag: 7 });
  });
});
