/** Two heads: a list that several people see. */
export function PeopleIcon() {
  return (
    <svg className="todo-people-icon" viewBox="0 0 20 20" aria-hidden="true">
      <circle cx="7.5" cy="6.5" r="3" />
      <path d="M2 16.5c0-3 2.4-5 5.5-5s5.5 2 5.5 5" />
      <path d="M12.5 3.8a3 3 0 0 1 0 5.4M15 12.1c1.8.8 3 2.4 3 4.4" />
    </svg>
  );
}
