import { describe, expect, it } from 'vitest';
import { layOut } from './layout';

describe('layOut', () => {
  const nodes = [{ id: 'shop' }, { id: 'stock' }, { id: 'products' }, { id: 'csv' }];
  const edges = [
    { from: 'shop', to: 'stock' },
    { from: 'shop', to: 'products' },
    { from: 'products', to: 'stock' },
    { from: 'stock', to: 'csv' },
  ];

  it('puts what reads to the right of what writes', () => {
    const at = layOut(nodes, edges);
    const x = (id: string) => at.get(id)?.x ?? Number.NaN;
    expect(x('shop')).toBeLessThan(x('products'));
    expect(x('products')).toBeLessThan(x('stock'));
    expect(x('stock')).toBeLessThan(x('csv'));
  });

  it('gives every node a place, also without edges or with edges to nowhere', () => {
    expect(layOut(nodes, []).size).toBe(4);
    expect(layOut(nodes, [{ from: 'shop', to: 'gone' }]).size).toBe(4);
  });

  it('is stable', () => {
    expect(layOut(nodes, edges)).toEqual(layOut(nodes, edges));
  });
});
