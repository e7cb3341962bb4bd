import type { Engine } from "../engine.ts";
import { CognitoError } from "../error.ts";
import {
  addMember,
  findGroup,
  type Group,
  getGroup,
  groupsAfter,
  groupsOf,
  membersAfter,
  removeMember,
  saveGroup,
} from "../group.ts";
import { type Input, optionalInteger, optionalText, text } from "../input.ts";
import { administrative, epochSeconds, type Operations, poolOf } from "../operation.ts";
import { fillPage, readPage } from "../page.ts";
import { getUser } from "../user.ts";
import { userType } from "../user-view.ts";

export const groupOperations: Operations = {
  CreateGroup: administrative(createGroup),
  GetGroup: administrative(readGroup),
  ListGroups: administrative(listGroups),
  ListUsersInGroup: administrative(listUsersInGroup),
  AdminAddUserToGroup: administrative(adminAddUserToGroup),
  AdminRemoveUserFromGroup: administrative(adminRemoveUserFromGroup),
  AdminListGroupsForUser: administrative(adminListGroupsForUser),
};

async function createGroup(engine: Engine, input: Input) {
  const pool = poolOf(engine, input);
  const name = text(input, "GroupName");
  const now = engine.now();
  const group: Group = {
    poolId: pool.id,
    name,
    description: optionalText(input, "Description"),
    roleArn: optionalText(input, "RoleArn"),
    precedence: optionalInteger(input, "Precedence", 0, 2 ** 31 - 1),
    createdAt: now,
    modifiedAt: now,
  };
  engine.store.transaction(() => {
    if (findGroup(engine, pool, name)) {
      throw new CognitoError("GroupExistsException", "A group with the name already exists.");
    }
    saveGroup(engine, group);
  });
  return { Group: groupType(group) };
}

async function readGroup(engine: Engine, input: Input) {
  return { Group: groupType(getGroup(engine, poolOf(engine, input), text(input, "GroupName"))) };
}

async function listGroups(engine: Engine, input: Input) {
  const pool = poolOf(engine, input);
  const { entries, token } = fillPage(
    readPage(input, "NextToken"),
    (after, limit) => groupsAfter(engine, pool, after, limit),
    (group) => group.name,
  );
  return { Groups: entries.map(groupType), ...(token === undefined ? {} : { NextToken: token }) };
}

async function listUsersInGroup(engine: Engine, input: Input) {
  const group = getGroup(engine, poolOf(engine, input), text(input, "GroupName"));
  const { entries, token } = fillPage(
    readPage(input, "NextToken"),
    (after, limit) => membersAfter(engine, group, after, limit),
    (user) => user.username,
  );
  return {
    Users: entries.map((user) => userType(user)),
    ...(token === undefined ? {} : { NextToken: token }),
  };
}

async function adminAddUserToGroup(engine: Engine, input: Input) {
  engine.store.transaction(() => {
    const pool = poolOf(engine, input);
    const user = getUser(engine, pool, text(input, "Username"));
    addMember(engine, getGroup(engine, pool, text(input, "GroupName")), user);
  });
  return {};
}

async function adminRemoveUserFromGroup(engine: Engine, input: Input) {
  engine.store.transaction(() => {
    const pool = poolOf(engine, input);
    const user = getUser(engine, pool, text(input, "Username"));
    removeMember(engine, getGroup(engine, pool, text(input, "GroupName")), user);
  });
  return {};
}

async function adminListGroupsForUser(engine: Engine, input: Input) {
  const pool = poolOf(engine, input);
  const user = getUser(engine, pool, text(input, "Username"));
  const groups = groupsOf(engine, user).toSorted((left, right) => (left.name < right.name ? -1 : 1));
  const { entries, token } = fillPage(
    readPage(input, "NextToken"),
    (after, limit) => groups.filter((group) => group.name > after).slice(0, limit),
    (group) => group.name,
  );
  return { Groups: entries.map(groupType), ...(token === undefined ? {} : { NextToken: token }) };
}

/** `GroupType` of AWS's API. */
function groupType(group: Group) {
  return {
    GroupName: group.name,
    UserPoolId: group.poolId,
    ...(group.description === undefined ? {} : { Description: group.description }),
    ...(group.roleArn === undefined ? {} : { RoleArn: group.roleArn }),
    ...(group.precedence === undefined ? {} : { Precedence: group.precedence }),
    CreationDate: epochSeconds(group.createdAt),
    LastModifiedDate: epochSeconds(group.modifiedAt),
  };
}
