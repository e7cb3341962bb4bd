"use client";

import type { AccountId } from "@haru/core/id";
import type { Locale } from "@haru/core/locale";
import type { Invitation, Member } from "@haru/core/todo/share.contract";
import { listColors, todoLimits } from "@haru/core/todo/todo.contract";
import { type ReactNode, useEffect, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { Sheet } from "../site/sheet.tsx";
import { InvitationLinks } from "./invitation-links.tsx";
import { ListFiles } from "./list-files.tsx";
import { ListPeople } from "./list-people.tsx";
import { shareMessages } from "./share-messages.ts";
import type { TodoStore } from "./store/store.ts";
import type { ViewedList } from "./store/view.ts";

interface ListSheetProps {
  readonly store: TodoStore;
  readonly list: ViewedList;
  /** The everyday list has no name of its own and cannot go. */
  readonly isInbox: boolean;
  readonly locale: Locale;
  onDelete(): void;
  onClose(): void;
}

/** A list's name and colour, who is in it, and the ways into it and out of it. */
export function ListSheet({ store, list, isInbox, locale, onDelete, onClose }: ListSheetProps) {
  const text = shareMessages[locale];
  const { listId, role } = list;
  const { todo: api } = browserApi(locale);
  const [members, setMembers] = useState<readonly Member[]>();
  const [invitations, setInvitations] = useState<readonly Invitation[]>();
  const [isFailed, setFailed] = useState(false);

  async function attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      setFailed(false);
    } catch {
      setFailed(true);
    }
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each opening of the panel.
  useEffect(() => {
    // The server hears of a new list by its first push, which may still be on its way.
    attempt(async () => {
      setMembers((await api.members({ listId })).items);
      if (role === "owner") setInvitations((await api.invitations({ listId })).items);
    });
  }, [listId]);

  const update = (patch: { name?: string; color?: ViewedList["color"] }) =>
    store.change({ name: "list.update", args: { listId, patch } });
  const leave = () =>
    attempt(async () => {
      await api.removeMember({ listId, accountId: store.accountId as AccountId });
      store.work();
      onClose();
    });

  return (
    <Sheet title={isInbox ? text.title : list.name} close={text.close} onClose={onClose}>
      <div className="sheet-body">
        {role !== "viewer" && !isInbox && (
          <label className="field-label">
            {text.name}
            <input
              className="input"
              defaultValue={list.name}
              maxLength={todoLimits.listNameLength}
              onBlur={({ currentTarget }) => {
                const name = currentTarget.value.trim();
                if (name === "") currentTarget.value = list.name;
                else if (name !== list.name) update({ name });
              }}
            />
          </label>
        )}
        {role !== "viewer" && (
          <fieldset className="todo-colors">
            <legend>{text.color}</legend>
            {listColors.map((color) => (
              <label key={color} title={text.colors[color]}>
                <input
                  type="radio"
                  name="color"
                  aria-label={text.colors[color]}
                  checked={list.color === color}
                  onChange={() => update({ color })}
                />
                <span className="todo-dot" data-color={color} />
              </label>
            ))}
          </fieldset>
        )}
        {isFailed && (
          <p className="note" role="alert">
            {text.needsNetwork}
          </p>
        )}
        <Part title={text.people}>
          <ListPeople
            ownId={store.accountId}
            isOwner={role === "owner"}
            members={members}
            text={text}
            onChangeRole={(accountId, next) =>
              attempt(async () => {
                setMembers((await api.changeRole({ listId, accountId, role: next })).items);
                setInvitations([]);
              })
            }
            onRemove={(accountId) =>
              attempt(async () => {
                setMembers((await api.removeMember({ listId, accountId })).items);
                setInvitations([]);
              })
            }
          />
        </Part>
        {role === "owner" && (
          <Part title={text.invitations}>
            <InvitationLinks
              list={list}
              locale={locale}
              invitations={invitations}
              onMake={(next) =>
                attempt(async () => {
                  const made = await api.invite({ listId, role: next });
                  setInvitations((known = []) => [made, ...known]);
                })
              }
              onWithdraw={(token) =>
                attempt(async () => setInvitations((await api.withdrawInvitation({ listId, token })).items))
              }
            />
          </Part>
        )}
        <Part title={text.files}>
          <ListFiles store={store} list={list} text={text} />
        </Part>
        {role === "owner"
          ? !isInbox && (
              <button type="button" className="button button-quiet button-small" onClick={onDelete}>
                {text.deleteList}
              </button>
            )
          : members && (
              <div>
                <button type="button" className="button button-quiet button-small" onClick={leave}>
                  {text.leave}
                </button>
                <p className="note">{text.leaveText}</p>
              </div>
            )}
      </div>
    </Sheet>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="todo-part" aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
