import {
  ActionIcon,
  Anchor,
  AppShell,
  Group,
  Image,
  Menu,
  Text,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { IconApi, IconLogout, IconMoon, IconSun, IconUser } from '@tabler/icons-react';
import { Link, Outlet } from 'react-router';
import { useSession } from '../features/auth/session';

/** The frame around every page: the name, who is logged in, and the way out. */
export function Layout() {
  const { session, logout } = useSession();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';
  return (
    <AppShell header={{ height: 56 }} padding={0}>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between">
          <Anchor component={Link} to="/applications" underline="never" c="inherit">
            <Group gap="xs">
              <Image src="/millrace.svg" w={28} h={28} alt="" />
              <Text fw={700} size="lg">
                Millrace
              </Text>
            </Group>
          </Anchor>
          <Group gap="xs">
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={dark ? 'Light colours' : 'Dark colours'}
              onClick={() => setColorScheme(dark ? 'light' : 'dark')}
            >
              {dark ? <IconSun size={18} /> : <IconMoon size={18} />}
            </ActionIcon>
            <Menu position="bottom-end">
              <Menu.Target>
                <ActionIcon variant="subtle" color="gray" aria-label="Account">
                  <IconUser size={18} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Label>{session?.username}</Menu.Label>
                <Menu.Item
                  leftSection={<IconApi size={16} />}
                  component="a"
                  href="/swagger-ui.html"
                  target="_blank"
                >
                  REST interface
                </Menu.Item>
                <Menu.Item leftSection={<IconLogout size={16} />} onClick={logout}>
                  Log out
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Main>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}
