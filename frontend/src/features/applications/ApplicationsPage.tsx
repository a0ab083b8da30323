import { Alert, Anchor, Center, Container, Loader, Table, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { useApplications } from '../../api/applications';
import { problemText } from '../../api/problem';
import { ago, full, rate } from '../../app/format';
import { StateBadge } from './StateBadge';

/** All applications that one may see, with how they are. */
export function ApplicationsPage() {
  const applications = useApplications();
  return (
    <Container size="xl" py="lg">
      <Title order={2} mb="md">
        Applications
      </Title>
      {applications.isError && (
        <Alert color="red" mb="md" role="alert">
          {problemText(applications.error)}
        </Alert>
      )}
      {applications.isPending && (
        <Center py="xl">
          <Loader />
        </Center>
      )}
      {applications.data?.length === 0 && (
        <Text c="dimmed">
          There is no application yet. Write a script and run <code>./millrace apply FILE</code>.
        </Text>
      )}
      {applications.data && applications.data.length > 0 && (
        <Table highlightOnHover verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Application</Table.Th>
              <Table.Th>State</Table.Th>
              <Table.Th ta="right">In</Table.Th>
              <Table.Th ta="right">Out</Table.Th>
              <Table.Th ta="right">Lag</Table.Th>
              <Table.Th ta="right">Dead letters</Table.Th>
              <Table.Th ta="right">Revision</Table.Th>
              <Table.Th>Changed</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {applications.data.map((application) => (
              <Table.Tr key={application.name}>
                <Table.Td>
                  <Anchor component={Link} to={`/applications/${application.name}`} fw={600}>
                    {application.name}
                  </Anchor>
                </Table.Td>
                <Table.Td>
                  <StateBadge state={application.state} />
                </Table.Td>
                <Table.Td ta="right">{rate(application.inRate)}</Table.Td>
                <Table.Td ta="right">{rate(application.outRate)}</Table.Td>
                <Table.Td ta="right">{full(application.lag)}</Table.Td>
                <Table.Td ta="right">{full(application.deadLetters)}</Table.Td>
                <Table.Td ta="right">{application.revision}</Table.Td>
                <Table.Td>{ago(application.updatedAt)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Container>
  );
}
