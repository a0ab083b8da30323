import { Badge } from '@mantine/core';

const COLORS: Record<string, string> = {
  RUNNING: 'green',
  STARTING: 'cyan',
  DEPLOYED: 'blue',
  CREATED: 'gray',
  STOPPED: 'gray',
  QUIESCING: 'violet',
  DRAINING: 'violet',
  DEGRADED: 'orange',
  RESTARTING: 'orange',
  FAILED: 'red',
};

/** The state of an application or a component, the same colour everywhere. */
export function StateBadge({ state, size }: { state: string; size?: string }) {
  return (
    <Badge variant="light" size={size ?? 'md'} color={COLORS[state] ?? 'gray'}>
      {state}
    </Badge>
  );
}
