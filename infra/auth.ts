import { passwordPolicy, roles } from "@haru/core/account/account.contract";
import { mail } from "./mail.ts";
import { isProduction, mobileRedirect } from "./stage.ts";
import { table, tableItems } from "./storage.ts";

/** Opens the account row of a person whose e-mail is confirmed, and heals a missing one at each sign-in. */
const accountOpened = new sst.aws.Function("AccountOpened", {
  handler: "packages/functions/src/events/account-opened.handler",
  link: [table],
  permissions: [tableItems("account")],
});

/** Writes the pool's mails in the person's language. */
const accountMessage = new sst.aws.Function("AccountMessage", {
  handler: "packages/functions/src/events/account-message.handler",
});

export const pool = new sst.aws.CognitoUserPool(
  "Users",
  {
    usernames: ["email"],
    // Whoever wants one has an authenticator app as a second factor.
    mfa: "optional",
    softwareToken: true,
    triggers: {
      postConfirmation: accountOpened.arn,
      postAuthentication: accountOpened.arn,
      customMessage: accountMessage.arn,
    },
    transform: {
      userPool: (args) => {
        args.passwordPolicy = {
          minimumLength: passwordPolicy.minimumLength,
          requireLowercase: true,
          requireUppercase: true,
          requireNumbers: true,
          requireSymbols: false,
          temporaryPasswordValidityDays: 1,
        };
        args.accountRecoverySetting = { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] };
        args.emailConfiguration = {
          emailSendingAccount: "DEVELOPER",
          sourceArn: mail.nodes.identity.arn,
          fromEmailAddress: mail.sender,
        };
        args.deletionProtection = isProduction ? "ACTIVE" : "INACTIVE";
        // A changed e-mail counts only once its code was entered; until then the old one signs in.
        args.userAttributeUpdateSettings = { attributesRequireVerificationBeforeUpdates: ["email"] };
      },
    },
  },
  { protect: isProduction, retainOnDelete: isProduction },
);

// The function needs the pool, and the pool its trigger: a policy of its own breaks the circle.
new aws.iam.RolePolicy("AccountOpenedGroups", {
  role: accountOpened.nodes.role.name,
  policy: aws.iam.getPolicyDocumentOutput({
    statements: [{ actions: ["cognito-idp:AdminAddUserToGroup"], resources: [pool.arn] }],
  }).json,
});

/** What holds for tokens, whichever client got them. */
function guardTokens(args: aws.cognito.UserPoolClientArgs): void {
  args.generateSecret = false;
  // A refresh token is good for one use. The old one still works for requests that were under way.
  args.refreshTokenRotation = { feature: "ENABLED", retryGracePeriodSeconds: 60 };
  args.supportedIdentityProviders = ["COGNITO"];
  args.preventUserExistenceErrors = "ENABLED";
  args.enableTokenRevocation = true;
  args.accessTokenValidity = 15;
  args.idTokenValidity = 15;
  args.refreshTokenValidity = 30;
  args.tokenValidityUnits = { accessToken: "minutes", idToken: "minutes", refreshToken: "days" };
}

/** The site and clients that ask for the password themselves sign in through this one: same pool, same tokens. */
export const client = pool.addClient("WebClient", {
  transform: {
    client: (args) => {
      guardTokens(args);
      args.explicitAuthFlows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"];
      // The site has pages of its own: no flow of the hosted ones may be used.
      args.allowedOauthFlowsUserPoolClient = false;
      args.allowedOauthFlows = [];
      args.allowedOauthScopes = [];
      args.callbackUrls = [];
    },
  },
});

/** A mobile app that never sees the password: authorization code with PKCE on the pool's hosted pages. */
export const mobile = mobileRedirect ? hostedPages(mobileRedirect) : undefined;

function hostedPages(redirect: string) {
  const mobileClient = pool.addClient("MobileClient", {
    transform: {
      client: (args) => {
        guardTokens(args);
        // Without a secret, which no app can keep, the proof key is what ties a code to whoever asked for it.
        args.allowedOauthFlowsUserPoolClient = true;
        args.allowedOauthFlows = ["code"];
        args.allowedOauthScopes = ["openid", "aws.cognito.signin.user.admin"];
        args.callbackUrls = [redirect];
        args.logoutUrls = [redirect];
        // With none at all Cognito takes its default, which rotation excludes.
        args.explicitAuthFlows = ["ALLOW_USER_SRP_AUTH"];
      },
    },
  });
  const domain = new aws.cognito.UserPoolDomain("UsersDomain", {
    userPoolId: pool.id,
    // One name for all accounts of AWS in a region: the pool's id is in no other's.
    domain: pool.id.apply((id) => `${$app.name}-${$app.stage}-${id.split("_").at(-1)?.toLowerCase()}`),
  });
  return { clientId: mobileClient.id, domain: domain.domain };
}

for (const [index, role] of roles.entries()) {
  new aws.cognito.UserGroup(`UserGroup${role}`, {
    userPoolId: pool.id,
    name: role,
    // Cognito's lower number wins where groups disagree.
    precedence: roles.length - index,
  });
}
