import { Graph, layout } from '@dagrejs/dagre';

export const NODE_WIDTH = 216;
export const NODE_HEIGHT = 76;

export interface Position {
  x: number;
  y: number;
}

/**
 * Places the nodes of a graph in layers from left to right, the way the data flow. Pure: the same
 * graph always gets the same picture.
 */
export function layOut(
  nodes: readonly { id: string }[],
  edges: readonly { from: string; to: string }[],
): Map<string, Position> {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 36, ranksep: 150, marginx: 24, marginy: 24 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) {
    graph.setNode(node.id, { width: NODE_WIDTH, height: NODE_HEIGHT });
  }
  edges.forEach((edge, index) => {
    if (graph.hasNode(edge.from) && graph.hasNode(edge.to)) {
      graph.setEdge(edge.from, edge.to, {}, String(index));
    }
  });
  layout(graph);
  const positions = new Map<string, Position>();
  for (const node of nodes) {
    const placed = graph.node(node.id) as { x: number; y: number };
    positions.set(node.id, { x: placed.x - NODE_WIDTH / 2, y: placed.y - NODE_HEIGHT / 2 });
  }
  return positions;
}
