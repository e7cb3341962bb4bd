/** Icons are drawn on a 20-unit grid with one stroke width; all are decoration beside a name. */

const stroke = {
  viewBox: "0 0 20 20",
  fill: "none",
  stroke: "currentColor",
  strokeWidth: 1.6,
  strokeLinecap: "round",
  strokeLinejoin: "round",
  "aria-hidden": true,
} as const;

/** The mark: a sun at the horizon. */
export function Mark() {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true">
      <circle cx="10" cy="10" r="8.5" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path className="mark-sun" d="M1.8 12.4a8.5 8.5 0 0 0 16.4 0z" />
    </svg>
  );
}

export function MoonIcon() {
  return (
    <svg {...stroke} aria-hidden="true">
      <path d="M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7z" />
    </svg>
  );
}

export function SearchIcon() {
  return (
    <svg {...stroke} aria-hidden="true">
      <circle cx="8.8" cy="8.8" r="5.4" />
      <path d="m12.8 12.8 4 4" />
    </svg>
  );
}

export function PersonIcon() {
  return (
    <svg {...stroke} aria-hidden="true">
      <circle cx="10" cy="7" r="3.3" />
      <path d="M3.8 16.6c.9-3 3.3-4.6 6.2-4.6s5.3 1.6 6.2 4.6" />
    </svg>
  );
}

export function MoreIcon() {
  return (
    <svg viewBox="0 0 20 20" fill="currentColor" aria-hidden="true">
      <circle cx="4" cy="10" r="1.5" />
      <circle cx="10" cy="10" r="1.5" />
      <circle cx="16" cy="10" r="1.5" />
    </svg>
  );
}
