import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { ApplicationPage } from '../features/application/ApplicationPage';
import { ApplicationsPage } from '../features/applications/ApplicationsPage';
import { LoginPage } from '../features/auth/LoginPage';
import { RequireSession } from '../features/auth/RequireSession';
import { SessionProvider } from '../features/auth/session';
import { Layout } from './Layout';
import { theme } from './theme';

const queries = new QueryClient({
  defaultOptions: { queries: { retry: 1, staleTime: 1000 } },
});

export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <Notifications position="top-right" />
      <QueryClientProvider client={queries}>
        <SessionProvider>
          <BrowserRouter>
            <Routes>
              <Route path="/login" element={<LoginPage />} />
              <Route element={<RequireSession />}>
                <Route element={<Layout />}>
                  <Route path="/" element={<Navigate to="/applications" replace />} />
                  <Route path="/applications" element={<ApplicationsPage />} />
                  <Route path="/applications/:application" element={<ApplicationPage />} />
                  <Route path="*" element={<Navigate to="/applications" replace />} />
                </Route>
              </Route>
            </Routes>
          </BrowserRouter>
        </SessionProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
