import type { ReactNode } from "react";

/** The narrow page that all account forms stand on. */
export function FormShell({
  title,
  lead,
  children,
  foot,
}: {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
  foot: ReactNode;
}) {
  return (
    <div className="form-page">
      <h1>{title}</h1>
      {lead && <p className="form-lead">{lead}</p>}
      {children}
      <p className="form-foot">{foot}</p>
    </div>
  );
}

/** What is wrong with a form as a whole. It takes the focus, so that it is read out and found. */
export function FormAlert({ message }: { message: string | undefined }) {
  return message ? (
    <p className="banner banner-bad" role="alert" tabIndex={-1}>
      {message}
    </p>
  ) : null;
}
