import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
} from 'react';
import { onUnauthorized, setToken } from '../../api/client';

/** Who is logged in, for as long as the browser's tab lives. */
export interface Session {
  username: string;
  token: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

interface SessionContext {
  session: Session | null;
  login: (session: Session) => void;
  logout: () => void;
}

const KEY = 'millrace.session';
const Context = createContext<SessionContext | null>(null);

function stored(): Session | null {
  const text = sessionStorage.getItem(KEY);
  if (!text) {
    return null;
  }
  try {
    const session = JSON.parse(text) as Session;
    return session.expiresAt > Date.now() ? session : null;
  } catch {
    return null;
  }
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const [session, setSession] = useState<Session | null>(() => {
    const found = stored();
    setToken(found?.token ?? null);
    return found;
  });

  const login = useCallback((next: Session) => {
    sessionStorage.setItem(KEY, JSON.stringify(next));
    setToken(next.token);
    setSession(next);
  }, []);

  const logout = useCallback(() => {
    sessionStorage.removeItem(KEY);
    setToken(null);
    setSession(null);
  }, []);

  useEffect(() => onUnauthorized(logout), [logout]);

  const value = useMemo(() => ({ session, login, logout }), [session, login, logout]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useSession(): SessionContext {
  const context = useContext(Context);
  if (!context) {
    throw new Error('useSession belongs below a SessionProvider');
  }
  return context;
}
