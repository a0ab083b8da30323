import type { ComponentStatus } from '../../api/schemas';

export interface EdgeFigures {
  /** Events per second into the reader. */
  rate: number | null;
  /** Events that the reader has yet to take. */
  lag: number | null;
}

export interface Figures {
  /** By stream, then reader. */
  edges: Map<string, EdgeFigures>;
  /** Events per second written to each stream. */
  streams: Map<string, number>;
}

export function edgeKey(stream: string, reader: string): string {
  return `${stream}→${reader}`;
}

/** What the components report, arranged by the edges of the graph. */
export function edgeFigures(
  components: readonly Pick<ComponentStatus, 'name' | 'edges'>[],
): Figures {
  const edges = new Map<string, EdgeFigures>();
  const streams = new Map<string, number>();
  for (const component of components) {
    for (const edge of component.edges) {
      if (edge.input) {
        edges.set(edgeKey(edge.stream, component.name), { rate: edge.rate, lag: edge.lag });
      } else {
        streams.set(edge.stream, (streams.get(edge.stream) ?? 0) + (edge.rate ?? 0));
      }
    }
  }
  return { edges, streams };
}
