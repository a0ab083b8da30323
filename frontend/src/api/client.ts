let token: string | null = null;
let unauthorized: () => void = () => {};

/** The bearer token of every following call; null after the logout. */
export function setToken(next: string | null) {
  token = next;
}

/** Registers who is told when the server no longer takes the token. Returns how to unregister. */
export function onUnauthorized(listener: () => void): () => void {
  unauthorized = listener;
  return () => {
    unauthorized = () => {};
  };
}

/** An RFC 9457 problem, as every service answers errors. */
export interface Problem {
  title?: string;
  detail?: string;
  status?: number;
  code?: string;
}

export class ApiError extends Error {
  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, problem: Problem) {
    super(problem.detail ?? problem.title ?? `The server answered with status ${status}.`);
    this.name = 'ApiError';
    this.status = status;
    this.problem = problem;
  }
}

/** Sends a request to /api/v1 with the token; throws ApiError for every answer that is no success. */
export async function send(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (token) {
    headers.set('Authorization', `Bearer ${token}`);
  }
  if (init.body) {
    headers.set('Content-Type', 'application/json');
  }
  const response = await fetch(`/api/v1${path}`, { ...init, headers });
  if (response.ok) {
    return response;
  }
  if (response.status === 401 && token) {
    unauthorized();
  }
  throw new ApiError(response.status, await problemOf(response));
}

export async function get<T>(path: string): Promise<T> {
  return (await send(path)).json() as Promise<T>;
}

export async function post<T>(path: string, body?: unknown): Promise<T> {
  const response = await send(path, {
    method: 'POST',
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    return (await response.json()) as Problem;
  } catch {
    return { status: response.status, title: response.statusText };
  }
}
