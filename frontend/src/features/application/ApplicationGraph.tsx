import { Badge, Group, Text, Tooltip, useComputedColorScheme } from '@mantine/core';
import {
  Background,
  BaseEdge,
  Controls,
  type Edge,
  EdgeLabelRenderer,
  type EdgeProps,
  getBezierPath,
  Handle,
  MarkerType,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  useReactFlow,
  useStore,
} from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import type { ComponentStatus, Graph, GraphNode } from '../../api/schemas';
import { rate, short } from '../../app/format';
import { StateBadge } from '../applications/StateBadge';
import { type EdgeFigures, edgeKey, type Figures } from './figures';
import { layOut } from './layout';

interface Props {
  graph: Graph;
  components: readonly ComponentStatus[];
  figures: Figures;
  /** The stream whose events are shown. */
  chosen: string | null;
  onChoose: (stream: string | null) => void;
}

type ComponentNode = Node<{ node: GraphNode; status: ComponentStatus | undefined }, 'component'>;
type StreamEdge = Edge<
  {
    stream: string;
    figures: EdgeFigures | undefined;
    chosen: boolean;
    onChoose: (stream: string | null) => void;
  },
  'stream'
>;

const NODE_TYPES = { component: ComponentBox };
const EDGE_TYPES = { stream: StreamLine };

const KIND_COLORS: Record<string, string> = {
  SOURCE: 'var(--mantine-color-blue-6)',
  QUERY: 'var(--mantine-color-cyan-6)',
  CACHE: 'var(--mantine-color-grape-6)',
  MODEL: 'var(--mantine-color-indigo-6)',
  SINK: 'var(--mantine-color-teal-6)',
};

/** The components of an application and the streams between them, with what flows. */
export function ApplicationGraph({ graph, components, figures, chosen, onChoose }: Props) {
  const dark = useComputedColorScheme('light') === 'dark';
  const places = useMemo(() => layOut(graph.nodes, graph.edges), [graph]);

  const nodes: ComponentNode[] = graph.nodes.map((node) => ({
    id: node.id,
    type: 'component',
    position: places.get(node.id) ?? { x: 0, y: 0 },
    data: { node, status: components.find((component) => component.name === node.id) },
    draggable: false,
    connectable: false,
  }));
  const edges: StreamEdge[] = graph.edges.map((edge) => ({
    id: `${edge.from}-${edgeKey(edge.stream ?? '', edge.to)}`,
    type: 'stream',
    source: edge.from,
    target: edge.to,
    markerEnd: { type: MarkerType.ArrowClosed },
    data: {
      stream: edge.stream ?? '',
      figures: figures.edges.get(edgeKey(edge.stream ?? '', edge.to)),
      chosen: edge.stream === chosen,
      onChoose,
    },
  }));

  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      colorMode={dark ? 'dark' : 'light'}
      nodesConnectable={false}
      edgesFocusable={false}
      onEdgeClick={(_, edge) => onChoose(edge.data?.stream || null)}
      fitView
      fitViewOptions={FIT}
      minZoom={0.2}
    >
      <Background />
      <Controls showInteractive={false} />
      <FitToPlace />
    </ReactFlow>
  );
}

const FIT = { padding: 0.12, maxZoom: 1.1 };

/** Keeps the whole graph in sight when its place grows or shrinks, by the events below it. */
function FitToPlace() {
  const { fitView } = useReactFlow();
  const height = useStore((state) => state.height);
  const width = useStore((state) => state.width);
  useEffect(() => {
    if (height > 0 && width > 0) {
      void fitView(FIT);
    }
  }, [height, width, fitView]);
  return null;
}

function ComponentBox({ data }: NodeProps<ComponentNode>) {
  const { node, status } = data;
  const color = KIND_COLORS[node.kind] ?? 'var(--mantine-color-gray-6)';
  const failed = status?.state === 'FAILED' || status?.state === 'RESTARTING';
  return (
    <Tooltip
      label={status?.error}
      disabled={!status?.error}
      multiline
      maw={420}
      withArrow
      color={failed ? 'red' : undefined}
    >
      <div
        className="graph-node"
        data-failed={failed}
        data-component={node.id}
        style={{ '--node-color': color } as React.CSSProperties}
      >
        <Handle type="target" position={Position.Left} isConnectable={false} />
        <Group justify="space-between" gap={4} wrap="nowrap">
          <Text fw={600} truncate title={node.label}>
            {node.label}
          </Text>
          {status?.state === 'RUNNING' && <span className="running" title="RUNNING" />}
          {status && status.state !== 'RUNNING' && <StateBadge state={status.state} size="xs" />}
        </Group>
        <Group gap={6} mt={4} wrap="nowrap">
          <Badge size="xs" variant="outline" color="gray">
            {node.connector ?? node.kind.toLowerCase()}
          </Badge>
          <Text size="xs" c="dimmed" truncate>
            {status ? `${short(status.eventsIn)} in · ${short(status.eventsOut)} out` : ''}
          </Text>
        </Group>
        <Handle type="source" position={Position.Right} isConnectable={false} />
      </div>
    </Tooltip>
  );
}

function StreamLine(props: EdgeProps<StreamEdge>) {
  const [path, labelX, labelY] = getBezierPath(props);
  const { data } = props;
  if (!data?.stream) {
    return <BaseEdge path={path} markerEnd={props.markerEnd} style={{ strokeDasharray: '4 4' }} />;
  }
  const { stream, figures, chosen, onChoose } = data;
  return (
    <>
      <BaseEdge
        path={path}
        markerEnd={props.markerEnd}
        interactionWidth={24}
        style={
          chosen
            ? { stroke: 'var(--mantine-primary-color-filled)', strokeWidth: 2.5 }
            : { strokeWidth: 1.5 }
        }
      />
      <EdgeLabelRenderer>
        <button
          type="button"
          className="graph-edge-label nodrag nopan"
          aria-pressed={chosen}
          data-stream={stream}
          data-reader={props.target}
          title={`Events of ${stream}`}
          style={{
            transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)`,
          }}
          onClick={() => onChoose(chosen ? null : stream)}
        >
          {stream} · {rate(figures?.rate)}
          {figures?.lag ? ` · lag ${short(figures.lag)}` : ''}
        </button>
      </EdgeLabelRenderer>
    </>
  );
}
