import { useQuery } from '@tanstack/react-query';
import { get } from './client';

export interface ApplicationSummary {
  /** namespace.name */
  name: string;
  state: string;
  revision: number;
  inRate: number | null;
  outRate: number | null;
  lag: number | null;
  deadLetters: number | null;
  /** Milliseconds since the epoch. */
  updatedAt: number | null;
}

export interface GraphNode {
  id: string;
  kind: string;
  label: string;
  connector?: string | null;
  line?: number;
}

export interface GraphEdge {
  /** The stream's name within its application. */
  stream?: string | null;
  from: string;
  to: string;
}

export interface Graph {
  nodes: GraphNode[];
  edges: GraphEdge[];
}

export interface Application {
  name: string;
  state: string;
  revision: number;
  script: string;
  graph: Graph;
}

export interface EdgeStatus {
  stream: string;
  input: boolean;
  events: number;
  rate: number | null;
  lag: number | null;
}

export interface ComponentStatus {
  name: string;
  kind: string;
  state: string;
  error?: string | null;
  eventsIn: number;
  eventsOut: number;
  lag: number | null;
  edges: EdgeStatus[];
}

export interface ApplicationStatus {
  state: string;
  components: ComponentStatus[];
}

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
    queryFn: async () => (await get<{ items: ApplicationSummary[] }>('/applications')).items,
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
