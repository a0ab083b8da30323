import type { Session } from '../features/auth/session';
import { post } from './client';

interface Token {
  access_token: string;
  /** Seconds. */
  expires_in: number;
}

/** Exchanges name and password for a session. */
export async function logIn(username: string, password: string): Promise<Session> {
  const token = await post<Token>('/auth/token', { username, password });
  return {
    username,
    token: token.access_token,
    expiresAt: Date.now() + token.expires_in * 1000,
  };
}
