import type * as identity from "../identity.ts";
import { find, type Mutations, remove } from "./draft.ts";

export const identityMutations: Mutations<typeof identity> = {
  passwordsAreAsTheContractSays: [
    {
      spoil: (draft) => {
        find(draft, "UsersUserPool").passwordPolicy.minimumLength = 6;
      },
      says: /takes other passwords/,
    },
  ],
  clientsTellNothingAndTokensEnd: [
    {
      spoil: (draft) => {
        find(draft, "WebClientClient").preventUserExistenceErrors = "LEGACY";
      },
      says: /tells who has an account/,
    },
    {
      spoil: (draft) => {
        find(draft, "WebClientClient").enableTokenRevocation = false;
      },
      says: /cannot revoke/,
    },
    {
      spoil: (draft) => {
        find(draft, "WebClientClient").tokenValidityUnits.accessToken = "hours";
      },
      says: /for more than an hour/,
    },
    {
      spoil: (draft) => {
        find(draft, "MobileClientClient").generateSecret = true;
      },
      says: /has a secret/,
    },
  ],
  hostedPagesGiveCodesAlone: [
    {
      spoil: (draft) => {
        find(draft, "WebClientClient").callbackUrls = ["https://localhost"];
      },
      says: /which nobody uses/,
    },
    {
      spoil: (draft) => {
        find(draft, "WebClientClient").allowedOauthFlowsUserPoolClient = true;
      },
      says: /WebClientClient.* which nobody uses/,
    },
    {
      spoil: (draft) => {
        find(draft, "MobileClientClient").allowedOauthFlows = ["code", "implicit"];
      },
      says: /more than codes/,
    },
    {
      spoil: (draft) => {
        find(draft, "MobileClientClient").callbackUrls = ["http://example.com/signed-in"];
      },
      says: /where others can read them/,
    },
  ],
  authenticatorAppsAreOffered: [
    {
      spoil: (draft) => {
        find(draft, "UsersUserPool").softwareTokenMfaConfiguration.enabled = false;
      },
      says: /lets nobody have a second factor/,
    },
  ],
  answersTellNothingByTheirTime: [
    {
      spoil: (draft) => {
        delete find(draft, "ApiAccountFunction").environment.variables.EVEN_STEP_MILLISECONDS;
      },
      says: /"account" answers in its own time/,
    },
  ],
  groupsAreTheRoles: [
    { spoil: (draft) => remove(draft, "UserGroupadmin"), says: /The groups are author, reader/ },
  ],
};
