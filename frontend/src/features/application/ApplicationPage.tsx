import { Alert, Anchor, Center, Group, Loader, Text, Title } from '@mantine/core';
import { Link, useParams, useSearchParams } from 'react-router';
import { useApplication, useApplicationStatus } from '../../api/applications';
import { problemText } from '../../api/problem';
import { full } from '../../app/format';
import { StateBadge } from '../applications/StateBadge';
import { StreamPanel } from '../stream/StreamPanel';
import { ApplicationGraph } from './ApplicationGraph';
import { edgeFigures } from './figures';

/** One application as a graph; the stream of the chosen edge is in the address. */
export function ApplicationPage() {
  const { application: name = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const application = useApplication(name);
  const status = useApplicationStatus(name);
  const stream = search.get('stream');

  const choose = (next: string | null) => {
    setSearch(next ? { stream: next } : {}, { replace: true });
  };

  if (application.isPending) {
    return (
      <Center py="xl">
        <Loader />
      </Center>
    );
  }
  if (application.isError) {
    return (
      <Alert color="red" m="md" role="alert">
        {problemText(application.error)}
      </Alert>
    );
  }
  const figures = edgeFigures(status.data?.components ?? []);
  return (
    <div className="graph-page">
      <Group px="md" py="sm" justify="space-between">
        <Group gap="sm">
          <Anchor component={Link} to="/applications" c="dimmed">
            Applications
          </Anchor>
          <Text c="dimmed">/</Text>
          <Title order={3}>{application.data.name}</Title>
          <StateBadge state={status.data?.state ?? application.data.state} />
          <Text size="sm" c="dimmed">
            revision {full(application.data.revision)}
          </Text>
        </Group>
        {status.isError && (
          <Text size="sm" c="red" role="alert">
            {problemText(status.error)}
          </Text>
        )}
      </Group>
      <div className="graph-canvas">
        <ApplicationGraph
          graph={application.data.graph}
          components={status.data?.components ?? []}
          figures={figures}
          chosen={stream}
          onChoose={choose}
        />
      </div>
      {stream && (
        <StreamPanel
          stream={`${application.data.name}.${stream}`}
          eventsPerSecond={figures.streams.get(stream)}
          onClose={() => choose(null)}
        />
      )}
    </div>
  );
}
