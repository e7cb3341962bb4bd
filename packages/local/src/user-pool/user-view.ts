import { type Attributes, attributesAsList } from "./attribute.ts";
import { epochSeconds } from "./operation.ts";
import { allAttributes, type User } from "./user.ts";

/** Somebody as lists and `AdminCreateUser` show them (`UserType`). */
export function userType(user: User, attributesToGet: readonly string[] = []) {
  const attributes = allAttributes(user);
  const shown: Attributes =
    attributesToGet.length === 0
      ? attributes
      : Object.fromEntries(Object.entries(attributes).filter(([name]) => attributesToGet.includes(name)));
  return { Username: user.username, Attributes: attributesAsList(shown), ...stateOf(user) };
}

/** Somebody as `AdminGetUser` shows them. */
export function adminUserView(user: User) {
  return {
    Username: user.username,
    UserAttributes: attributesAsList(allAttributes(user)),
    ...stateOf(user),
    ...mfaView(user),
  };
}

/** The second factors that sign-in asks for. */
export function mfaView(user: User) {
  if (!user.totp?.verified || !user.totp.enabled) return {};
  return {
    UserMFASettingList: ["SOFTWARE_TOKEN_MFA"],
    ...(user.totp.preferred ? { PreferredMfaSetting: "SOFTWARE_TOKEN_MFA" } : {}),
  };
}

function stateOf(user: User) {
  return {
    Enabled: user.enabled,
    UserStatus: user.status,
    UserCreateDate: epochSeconds(user.createdAt),
    UserLastModifiedDate: epochSeconds(user.modifiedAt),
  };
}
