import { Navigate, Outlet, useLocation } from 'react-router';
import { useSession } from './session';

/** Lets only who is logged in pass, and brings everybody else back here after the login. */
export function RequireSession() {
  const { session } = useSession();
  const location = useLocation();
  if (!session) {
    return <Navigate to="/login" replace state={{ from: location.pathname + location.search }} />;
  }
  return <Outlet />;
}
