import {
  Alert,
  Button,
  Center,
  Group,
  Image,
  Paper,
  PasswordInput,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Navigate, useLocation } from 'react-router';
import { logIn } from '../../api/auth';
import { problemText } from '../../api/problem';
import { useSession } from './session';

export function LoginPage() {
  const { session, login } = useSession();
  const location = useLocation();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const attempt = useMutation({
    mutationFn: () => logIn(username, password),
    onSuccess: login,
  });

  if (session) {
    const from = (location.state as { from?: string } | null)?.from;
    return <Navigate to={from ?? '/applications'} replace />;
  }

  const submit = (event: FormEvent) => {
    event.preventDefault();
    attempt.mutate();
  };

  return (
    <Center mih="100vh" p="md">
      <Paper withBorder shadow="sm" p="xl" w={380}>
        <form onSubmit={submit}>
          <Stack>
            <Group gap="sm">
              <Image src="/millrace.svg" w={40} h={40} alt="" />
              <div>
                <Title order={2}>Millrace</Title>
                <Text size="sm" c="dimmed">
                  Data in motion
                </Text>
              </div>
            </Group>
            {attempt.isError && (
              <Alert color="red" role="alert">
                {problemText(attempt.error)}
              </Alert>
            )}
            <TextInput
              label="User"
              name="username"
              autoComplete="username"
              required
              value={username}
              onChange={(event) => setUsername(event.currentTarget.value)}
            />
            <PasswordInput
              label="Password"
              name="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <Button type="submit" loading={attempt.isPending}>
              Log in
            </Button>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}
