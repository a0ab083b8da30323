import type { Session } from '../features/auth/session';
import { post } from './client';
import type { Tokens } from './schemas';

/** Exchanges name and password for a session. */
export async function logIn(username: string, password: string): Promise<Session> {
  const token = await post<Tokens>('/auth/token', { username, password });
  return {
    username,
    token: token.access_token,
    expiresAt: Date.now() + token.expires_in * 1000,
  };
}
