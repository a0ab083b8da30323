import { ApiError } from './client';

/** What to show a person for anything that a call can throw. */
export function problemText(error: unknown): string {
  if (error instanceof ApiError) {
    return error.message;
  }
  if (error instanceof TypeError) {
    return 'Millrace does not answer. Check that it runs (./millrace status), then try again.';
  }
  return error instanceof Error ? error.message : String(error);
}
