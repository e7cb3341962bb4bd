/*
 * Between signing up and the code from the mail: who is being confirmed. The password is kept in
 * this page's memory only, to sign in right after the code; a reload forgets it.
 */
export interface PendingSignUp {
  readonly email: string;
  readonly password?: string;
}

const storageKey = "haru:pending-email";
let pending: PendingSignUp | undefined;

export function rememberPendingSignUp(value: PendingSignUp): void {
  pending = value;
  sessionStorage.setItem(storageKey, value.email);
}

export function readPendingSignUp(): PendingSignUp | undefined {
  const email = sessionStorage.getItem(storageKey);
  return pending ?? (email ? { email } : undefined);
}

export function forgetPendingSignUp(): void {
  pending = undefined;
  sessionStorage.removeItem(storageKey);
}
