import * as invitation from "@haru/core/todo/invitation";
import * as listOfTodos from "@haru/core/todo/list-of-todos";
import * as ownLists from "@haru/core/todo/own-lists";
import { pull } from "@haru/core/todo/pull";
import { changeRole, members, removeMember } from "@haru/core/todo/sharing";
import { todoRoutes } from "@haru/core/todo/todo-routes.contract";
import { serve } from "./http.ts";
import { pushAndTell } from "./push-and-tell.ts";

export const handler = serve(todoRoutes, {
  push: pushAndTell,
  pull,
  lists: ownLists.ownLists,
  createList: ownLists.createList,
  readList: ownLists.readList,
  changeList: ownLists.changeList,
  removeList: ownLists.removeList,
  todos: listOfTodos.todos,
  createTodo: listOfTodos.createTodo,
  readTodo: listOfTodos.readTodo,
  changeTodo: listOfTodos.changeTodo,
  moveTodo: listOfTodos.moveTodo,
  removeTodo: listOfTodos.removeTodo,
  restoreTodo: listOfTodos.restoreTodo,
  members,
  changeRole,
  removeMember,
  invite: invitation.invite,
  invitations: invitation.invitations,
  withdrawInvitation: invitation.withdrawInvitation,
  openInvitation: invitation.openInvitation,
  join: invitation.join,
});
