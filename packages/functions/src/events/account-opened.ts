import {
  AdminAddUserToGroupCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import { isOpen, open } from "@haru/core/account/account";
import { displayNameSchema, type Role } from "@haru/core/account/account.contract";
import { accountIdOf } from "@haru/core/id";
import { defaultLocale, localeSchema } from "@haru/core/locale";
import type { PostAuthenticationTriggerEvent, PostConfirmationTriggerEvent } from "aws-lambda";
import { clientOptions, coreFor } from "../core.ts";

type Event = PostConfirmationTriggerEvent | PostAuthenticationTriggerEvent;

const everybody: Role = "reader";

let pool: CognitoIdentityProviderClient | undefined;

/**
 * Runs when a person confirmed their e-mail, and at each sign-in, which heals an account
 * whose opening failed half-way. The row comes last: where it stands, all was done.
 */
export async function handler(event: Event): Promise<Event> {
  const { sub = "", email = "", name, locale: language } = event.request.userAttributes;
  const locale = localeSchema.catch(defaultLocale).parse(language);
  const core = coreFor(locale);
  const accountId = accountIdOf(sub);
  if (await isOpen(core, accountId)) return event;
  await addToGroup(event, everybody);
  // Whoever signs up past this site, or is made by an administrator, may have no name that would do here.
  const displayName = displayNameSchema.catch(email.slice(0, email.indexOf("@")).slice(0, 50)).parse(name);
  await open(core, { accountId, email, displayName, locale });
  return event;
}

/** The pool is named by the event: a link to it would be a circle. */
async function addToGroup({ userPoolId, userName }: Event, group: Role): Promise<void> {
  pool ??= new CognitoIdentityProviderClient(clientOptions);
  await pool.send(
    new AdminAddUserToGroupCommand({ UserPoolId: userPoolId, Username: userName, GroupName: group }),
  );
}
