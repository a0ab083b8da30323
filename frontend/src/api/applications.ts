import { useQuery } from '@tanstack/react-query';
import { get } from './client';
import type { Application, ApplicationPage, ApplicationStatus } from './schemas';

const REFRESH_MILLIS = 2000;

/** The keys under which answers are kept. */
export const applicationKeys = {
  all: ['applications'] as const,
  one: (name: string) => ['applications', name] as const,
  status: (name: string) => ['applications', name, 'status'] as const,
};

export function useApplications() {
  return useQuery({
    queryKey: applicationKeys.all,
    queryFn: async () => (await get<ApplicationPage>('/applications')).items,
    refetchInterval: REFRESH_MILLIS,
  });
}

export function useApplication(name: string) {
  return useQuery({
    queryKey: applicationKeys.one(name),
    queryFn: () => get<Application>(`/applications/${encodeURIComponent(name)}`),
    refetchInterval: 10 * REFRESH_MILLIS,
  });
}

export function useApplicationStatus(name: string) {
  return useQuery({
    queryKey: applicationKeys.status(name),
    queryFn: () => get<ApplicationStatus>(`/applications/${encodeURIComponent(name)}/status`),
    refetchInterval: REFRESH_MILLIS,
  });
}
