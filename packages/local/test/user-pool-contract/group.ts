import {
  AdminAddUserToGroupCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  CreateGroupCommand,
  GetGroupCommand,
  ListGroupsCommand,
  ListUsersInGroupCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect } from "vitest";
import type { Row, Target } from "./row.ts";

const named = (t: Target, Username: string) => ({ UserPoolId: t.poolId, Username });
const groupsOf = async (t: Target, name: string) => {
  const { Groups } = await t.sdk.send(new AdminListGroupsForUserCommand(named(t, name)));
  return { groups: Groups?.map((group) => group.GroupName) };
};
const addToGroup = (t: Target, name: string, GroupName: string) =>
  t.sdk.send(new AdminAddUserToGroupCommand({ ...named(t, name), GroupName }));

export const groupRows: readonly Row[] = [
  {
    call: "CreateGroup with a name that is taken",
    does: (t) => t.sdk.send(new CreateGroupCommand({ UserPoolId: t.poolId, GroupName: "reader" })),
    answers: "GroupExistsException",
  },
  {
    call: "GetGroup",
    does: (t) => t.sdk.send(new GetGroupCommand({ UserPoolId: t.poolId, GroupName: "reader" })),
    answers: { Group: expect.objectContaining({ GroupName: "reader", CreationDate: expect.any(Date) }) },
  },
  {
    call: "ListGroups",
    does: async (t) => {
      const { Groups } = await t.sdk.send(new ListGroupsCommand({ UserPoolId: t.poolId }));
      return { names: Groups?.map((group) => group.GroupName) };
    },
    answers: { names: expect.arrayContaining(["author", "reader"]) },
  },
  {
    call: "AdminListGroupsForUser by address",
    does: async (t) => {
      const { email } = await t.newPerson();
      await addToGroup(t, email, "reader");
      await addToGroup(t, email, "author");
      await addToGroup(t, email, "author");
      return groupsOf(t, email);
    },
    answers: { groups: expect.toSatisfy((groups: string[]) => groups.toSorted().join() === "author,reader") },
  },
  {
    call: "AdminRemoveUserFromGroup",
    does: async (t) => {
      const { email } = await t.newPerson();
      await addToGroup(t, email, "reader");
      await t.sdk.send(new AdminRemoveUserFromGroupCommand({ ...named(t, email), GroupName: "reader" }));
      return groupsOf(t, email);
    },
    answers: { groups: [] },
  },
  {
    call: "AdminAddUserToGroup of a group that does not exist",
    does: async (t) => addToGroup(t, (await t.newPerson()).email, "nobodies"),
    answers: "ResourceNotFoundException",
  },
  {
    call: "AdminAddUserToGroup of nobody",
    does: (t) => addToGroup(t, t.newAddress(), "reader"),
    answers: "UserNotFoundException",
  },
  {
    call: "an access token names the groups of its person",
    does: async (t) => {
      const person = await t.newPerson();
      await addToGroup(t, person.email, "author");
      const [, payload = ""] = ((await person.signIn()).AccessToken ?? "").split(".");
      return JSON.parse(Buffer.from(payload, "base64url").toString());
    },
    answers: {
      "cognito:groups": ["author"],
      token_use: "access",
      scope: "aws.cognito.signin.user.admin",
      client_id: expect.any(String),
      username: expect.any(String),
      sub: expect.any(String),
      jti: expect.any(String),
      origin_jti: expect.any(String),
      event_id: expect.any(String),
      auth_time: expect.any(Number),
      iat: expect.any(Number),
      exp: expect.any(Number),
    },
  },
  {
    call: "ListUsersInGroup",
    does: async (t) => {
      const { email, username } = await t.newPerson();
      await addToGroup(t, email, "author");
      const { Users } = await t.sdk.send(
        new ListUsersInGroupCommand({ UserPoolId: t.poolId, GroupName: "author" }),
      );
      return { there: Users?.some((user) => user.Username === username) };
    },
    answers: { there: true },
  },
];
