import {
  ActionIcon,
  Badge,
  Center,
  CloseButton,
  Group,
  Switch,
  Table,
  Text,
  Tooltip,
} from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { full, rate } from '../../app/format';
import { type Cell, columnsOf, type Row } from './rows';
import { useLiveEvents } from './useLiveEvents';

interface Props {
  /** namespace.application.stream */
  stream: string;
  eventsPerSecond?: number | null;
  onClose: () => void;
}

const COLORS: Record<string, string> = {
  read: 'gray',
  insert: 'green',
  update: 'yellow',
  delete: 'red',
  truncate: 'red',
};

/** The live events of one stream, the newest on top. */
export function StreamPanel({ stream, eventsPerSecond, onClose }: Props) {
  const [paused, setPaused] = useState(false);
  const [showBefore, setShowBefore] = useState(true);
  const { rows, skipped, error } = useLiveEvents(stream, paused);
  const columns = useMemo(() => columnsOf(rows), [rows]);
  const changes = rows.some((row) => row.op);
  return (
    <section className="stream-panel" aria-label={`Events of ${stream}`}>
      <Group px="md" py="xs" justify="space-between" wrap="nowrap">
        <Group gap="sm" wrap="nowrap">
          <Text fw={600}>{stream}</Text>
          <Badge variant="light">{rate(eventsPerSecond)}</Badge>
          {skipped > 0 && (
            <Tooltip label="They came faster than they can be shown; the stream itself has them all.">
              <Badge variant="light" color="gray">
                {full(skipped)} not shown
              </Badge>
            </Tooltip>
          )}
          {error && (
            <Text size="sm" c="red" role="alert">
              {error}
            </Text>
          )}
        </Group>
        <Group gap="sm" wrap="nowrap">
          {changes && (
            <Switch
              size="xs"
              label="Before-values"
              checked={showBefore}
              onChange={(event) => setShowBefore(event.currentTarget.checked)}
            />
          )}
          <Tooltip label={paused ? 'Go on' : 'Hold still'}>
            <ActionIcon
              variant="subtle"
              aria-label={paused ? 'Go on' : 'Hold still'}
              onClick={() => setPaused(!paused)}
            >
              {paused ? <IconPlayerPlay size={18} /> : <IconPlayerPause size={18} />}
            </ActionIcon>
          </Tooltip>
          <CloseButton aria-label="Close the events" onClick={onClose} />
        </Group>
      </Group>
      <div className="stream-panel-table">
        {rows.length === 0 ? (
          <Center h="100%">
            <Text c="dimmed">No event yet. New ones appear here as they happen.</Text>
          </Center>
        ) : (
          <Table striped highlightOnHover stickyHeader withColumnBorders fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>time</Table.Th>
                {changes && <Table.Th>operation</Table.Th>}
                {columns.map((column) => (
                  <Table.Th key={column}>{column}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <EventRow
                  key={row.key}
                  row={row}
                  columns={columns}
                  changes={changes}
                  showBefore={showBefore}
                />
              ))}
            </Table.Tbody>
          </Table>
        )}
      </div>
    </section>
  );
}

interface EventRowProps {
  row: Row;
  columns: string[];
  changes: boolean;
  showBefore: boolean;
}

function EventRow({ row, columns, changes, showBefore }: EventRowProps) {
  return (
    <Table.Tr>
      <Table.Td>
        <Text span size="xs" c="dimmed" ff="monospace">
          {new Date(row.timestamp).toISOString().slice(11, 23)}
        </Text>
      </Table.Td>
      {changes && (
        <Table.Td>
          <Badge size="sm" variant="light" color={COLORS[row.op ?? ''] ?? 'gray'}>
            {row.op}
          </Badge>
        </Table.Td>
      )}
      {columns.map((column) => (
        <EventCell key={column} cell={row.cells.get(column)} showBefore={showBefore} />
      ))}
    </Table.Tr>
  );
}

function EventCell({ cell, showBefore }: { cell: Cell | undefined; showBefore: boolean }) {
  const changed = cell?.before !== undefined;
  return (
    <Table.Td className={changed ? 'changed' : undefined} title={cell?.text}>
      {changed && showBefore && <span className="before">{cell?.before}</span>}
      {cell?.text === 'NULL' ? (
        <Text span c="dimmed" size="sm">
          NULL
        </Text>
      ) : (
        cell?.text
      )}
    </Table.Td>
  );
}
