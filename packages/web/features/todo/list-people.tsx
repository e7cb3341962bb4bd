"use client";

import type { AccountId } from "@haru/core/id";
import { type Member, type SharedRole, sharedRoleSchema } from "@haru/core/todo/share.contract";
import { Initial } from "../site/initial-badge.tsx";
import type { shareMessages } from "./share-messages.ts";

interface ListPeopleProps {
  readonly ownId: string;
  readonly isOwner: boolean;
  /** Absent until the server has said it. */
  readonly members: readonly Member[] | undefined;
  readonly text: (typeof shareMessages)["ko"];
  onChangeRole(accountId: AccountId, role: SharedRole): void;
  onRemove(accountId: AccountId): void;
}

const rank = { owner: 0, editor: 1, viewer: 2 } as const;

/** Who is in a list. The owner says what the others may do. */
export function ListPeople({ ownId, isOwner, members = [], text, onChangeRole, onRemove }: ListPeopleProps) {
  const sorted = [...members].sort((a, b) => rank[a.role] - rank[b.role]);
  return (
    <>
      <ul className="todo-people">
        {sorted.map(({ accountId, displayName, role }) => (
          <li key={accountId}>
            <Initial name={displayName} seed={accountId} />
            <span className="todo-people-name">
              {displayName}
              {accountId === ownId && <span className="meta"> {text.you}</span>}
            </span>
            {isOwner && role !== "owner" ? (
              <>
                <select
                  className="input"
                  aria-label={text.roleOf(displayName)}
                  value={role}
                  onChange={({ target }) => onChangeRole(accountId, sharedRoleSchema.parse(target.value))}
                >
                  {sharedRoleSchema.options.map((one) => (
                    <option key={one} value={one}>
                      {text.roles[one]}
                    </option>
                  ))}
                </select>
                <button
                  type="button"
                  className="button button-quiet button-small"
                  aria-label={text.remove(displayName)}
                  onClick={() => onRemove(accountId)}
                >
                  {text.removeShort}
                </button>
              </>
            ) : (
              <span className="meta">{text.roles[role]}</span>
            )}
          </li>
        ))}
      </ul>
      {members.length === 1 && <p className="note">{text.alone}</p>}
    </>
  );
}
