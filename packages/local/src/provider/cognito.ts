import { ACCOUNT_ID, type Cloud, type Providers } from "../cloud.ts";
import type { AttributeSchema, ClientSettings, PoolSettings, Triggers } from "../user-pool/pool.ts";

/** What a provider is given: plain JSON whose shape is that of the resource's arguments. */
// biome-ignore lint/suspicious/noExplicitAny: as in `Resource.inputs`, of which these are parts.
type Inputs = Record<string, any>;

/** User pools with their people, who are kept over restarts. */
export const cognitoProviders: Providers = {
  "aws:cognito/userPool:UserPool": async ({ urn, name, inputs }, cloud) => {
    const settings = poolSettings(inputs.name ?? name, inputs);
    warnOfIgnored(settings.name, inputs, cloud);
    const { id, arn, issuer } = cloud.userPools.createPool(urn, settings);
    return {
      id,
      state: { name: settings.name, arn, endpoint: issuer.replace(/^https?:\/\//, ""), ownerId: ACCOUNT_ID },
    };
  },
  "aws:cognito/userPoolClient:UserPoolClient": async ({ urn, name, inputs }, cloud) => {
    const settings = clientSettings(inputs.name ?? name, inputs);
    const { id, secret } = cloud.userPools.createClient(urn, inputs.userPoolId, settings);
    return { id, state: { name: settings.name, clientSecret: secret ?? "" } };
  },
  "aws:cognito/userGroup:UserGroup": async ({ name, inputs }, cloud) => {
    const groupName: string = inputs.name ?? name;
    cloud.userPools.createGroup(inputs.userPoolId, {
      name: groupName,
      description: inputs.description,
      roleArn: inputs.roleArn,
      precedence: inputs.precedence,
    });
    return { id: `${inputs.userPoolId}/${groupName}`, state: { name: groupName } };
  },
  // The hosted pages do not exist here: the domain is a name that links can carry.
  "aws:cognito/userPoolDomain:UserPoolDomain": async ({ inputs }) => ({
    id: inputs.domain,
    state: { cloudfrontDistribution: inputs.domain, cloudfrontDistributionZoneId: "Z2FDTNDATAQYW2" },
  }),
  // Its scopes are given out by the hosted pages only.
  "aws:cognito/resourceServer:ResourceServer": async ({ inputs }) => ({
    id: `${inputs.userPoolId}|${inputs.identifier}`,
    state: {
      scopeIdentifiers: (inputs.scopes ?? []).map(
        (scope: { scopeName: string }) => `${inputs.identifier}/${scope.scopeName}`,
      ),
    },
  }),
};

/** @throws Error with one sentence for what a local pool cannot do and would do wrongly if it kept silent */
function poolSettings(name: string, inputs: Inputs): PoolSettings {
  refuseTextMessages(inputs);
  const mfa = inputs.mfaConfiguration ?? "OFF";
  const softwareTokenMfa = inputs.softwareTokenMfaConfiguration?.enabled === true;
  if (mfa !== "OFF" && !softwareTokenMfa) {
    throw new Error("the local user pools have a second factor by authenticator app only (softwareToken).");
  }
  const template = inputs.verificationMessageTemplate ?? {};
  if (template.defaultEmailOption === "CONFIRM_WITH_LINK") {
    throw new Error("the local user pools verify addresses by code, not by link (CONFIRM_WITH_LINK).");
  }
  const verification = messageTemplate(
    template.emailSubject ?? inputs.emailVerificationSubject,
    template.emailMessage ?? inputs.emailVerificationMessage,
    "Your verification code",
    "Your verification code is {####}",
  );
  const invitation = inputs.adminCreateUserConfig?.inviteMessageTemplate ?? {};
  const recovery: { name: string }[] | undefined = inputs.accountRecoverySetting?.recoveryMechanisms;
  return {
    name,
    usernameAttributes: inputs.usernameAttributes ?? [],
    aliasAttributes: inputs.aliasAttributes ?? [],
    autoVerifiedAttributes: inputs.autoVerifiedAttributes ?? [],
    attributesRequireVerificationBeforeUpdate:
      inputs.userAttributeUpdateSettings?.attributesRequireVerificationBeforeUpdates ?? [],
    caseSensitive: inputs.usernameConfiguration?.caseSensitive ?? inputs.usernameConfiguration === undefined,
    allowAdminCreateUserOnly: inputs.adminCreateUserConfig?.allowAdminCreateUserOnly ?? false,
    recoversByEmail: !recovery || recovery.some((mechanism) => mechanism.name === "verified_email"),
    schema: (inputs.schemas ?? []).map(attributeSchema),
    passwordPolicy: passwordPolicy(inputs.passwordPolicy),
    mfa,
    softwareTokenMfa,
    mail: {
      from: inputs.emailConfiguration?.fromEmailAddress ?? "no-reply@verificationemail.com",
      verification,
      invitation: messageTemplate(
        invitation.emailSubject,
        invitation.emailMessage,
        "Your temporary password",
        "Your username is {username} and temporary password is {####}",
      ),
    },
    triggers: triggers(inputs.lambdaConfig ?? {}),
  };
}

function refuseTextMessages(inputs: Inputs): void {
  const attributes = [
    ...(inputs.usernameAttributes ?? []),
    ...(inputs.aliasAttributes ?? []),
    ...(inputs.autoVerifiedAttributes ?? []),
  ];
  if (attributes.includes("phone_number") || inputs.smsConfiguration) {
    throw new Error("the local user pools send mails only, no text messages (phone, sms).");
  }
}

function messageTemplate(
  subject: string | undefined,
  message: string | undefined,
  defaultSubject: string,
  defaultMessage: string,
) {
  if (subject === undefined && message === undefined) return undefined;
  return { subject: subject ?? defaultSubject, message: message ?? defaultMessage };
}

/** A pool that declares no policy at all asks for every kind of character. */
function passwordPolicy(declared: Inputs | undefined): PoolSettings["passwordPolicy"] {
  const all = declared === undefined;
  return {
    minimumLength: declared?.minimumLength ?? 8,
    requireLowercase: declared?.requireLowercase ?? all,
    requireUppercase: declared?.requireUppercase ?? all,
    requireNumbers: declared?.requireNumbers ?? all,
    requireSymbols: declared?.requireSymbols ?? all,
    temporaryPasswordValidityDays: declared?.temporaryPasswordValidityDays ?? 7,
  };
}

const STANDARD_ATTRIBUTE =
  /^(address|birthdate|email|family_name|gender|given_name|locale|middle_name|name|nickname|phone_number|picture|preferred_username|profile|updated_at|website|zoneinfo)$/;

function attributeSchema(declared: Inputs): AttributeSchema {
  const { name } = declared;
  const constraints = declared.stringAttributeConstraints ?? declared.numberAttributeConstraints ?? {};
  const number = (value: unknown) => (value === undefined ? undefined : Number(value));
  return {
    name: STANDARD_ATTRIBUTE.test(name) ? name : `custom:${name}`,
    type: declared.attributeDataType,
    mutable: declared.mutable ?? false,
    required: declared.required ?? false,
    minimum: number(constraints.minLength ?? constraints.minValue),
    maximum: number(constraints.maxLength ?? constraints.maxValue),
  };
}

const RUN_TRIGGERS = [
  "preSignUp",
  "postConfirmation",
  "preAuthentication",
  "postAuthentication",
  "customMessage",
] as const;

function triggers(declared: Inputs): Triggers {
  for (const name of [
    "createAuthChallenge",
    "defineAuthChallenge",
    "verifyAuthChallengeResponse",
    "userMigration",
    "customEmailSender",
    "customSmsSender",
  ]) {
    if (declared[name]) throw new Error(`the local user pools do not run the trigger ${name}.`);
  }
  const preTokenGeneration = declared.preTokenGenerationConfig?.lambdaArn ?? declared.preTokenGeneration;
  return {
    ...Object.fromEntries(RUN_TRIGGERS.flatMap((name) => (declared[name] ? [[name, declared[name]]] : []))),
    ...(preTokenGeneration
      ? {
          preTokenGeneration,
          preTokenGenerationVersion:
            (declared.preTokenGenerationConfig?.lambdaVersion ?? "V1_0") === "V1_0" ? "V1_0" : "V2_0",
        }
      : {}),
  };
}

/** Says aloud what is declared, has no effect here, and does no harm by that. */
function warnOfIgnored(name: string, inputs: Inputs, cloud: Cloud): void {
  const ignored = [
    inputs.passwordPolicy?.passwordHistorySize ? "passwordHistorySize" : "",
    inputs.deviceConfiguration ? "deviceConfiguration" : "",
    (inputs.userPoolAddOns?.advancedSecurityMode ?? "OFF") === "OFF" ? "" : "advancedSecurity",
    inputs.signInPolicy?.allowedFirstAuthFactors?.some((factor: string) => factor !== "PASSWORD")
      ? "signInPolicy"
      : "",
  ].filter((setting) => setting !== "");
  if (ignored.length === 0) return;
  const message = `${name}: ${ignored.join(", ")} has no effect on the local cloud.`;
  cloud.log({ level: "warn", source: "user-pool", message });
}

const UNIT_SECONDS: Readonly<Record<string, number>> = {
  seconds: 1,
  minutes: 60,
  hours: 3600,
  days: 86_400,
};

function clientSettings(name: string, inputs: Inputs): ClientSettings {
  const units = inputs.tokenValidityUnits ?? {};
  const seconds = (value: number | undefined, unit: string, fallbackSeconds: number) =>
    value ? value * (UNIT_SECONDS[unit] ?? 1) : fallbackSeconds;
  const rotates = inputs.refreshTokenRotation?.feature === "ENABLED";
  const explicitAuthFlows: string[] = inputs.explicitAuthFlows ?? [
    "ALLOW_USER_SRP_AUTH",
    "ALLOW_CUSTOM_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
  ];
  if (rotates && explicitAuthFlows.includes("ALLOW_REFRESH_TOKEN_AUTH")) {
    throw new Error("refresh token rotation and ALLOW_REFRESH_TOKEN_AUTH exclude each other, on AWS too.");
  }
  return {
    name,
    generateSecret: inputs.generateSecret ?? false,
    explicitAuthFlows,
    authSessionSeconds: (inputs.authSessionValidity ?? 3) * 60,
    accessTokenSeconds: seconds(inputs.accessTokenValidity, units.accessToken ?? "hours", 3600),
    idTokenSeconds: seconds(inputs.idTokenValidity, units.idToken ?? "hours", 3600),
    refreshTokenSeconds: seconds(inputs.refreshTokenValidity, units.refreshToken ?? "days", 30 * 86_400),
    refreshTokenRotation: rotates
      ? { graceSeconds: inputs.refreshTokenRotation.retryGracePeriodSeconds ?? 0 }
      : undefined,
    enableTokenRevocation: inputs.enableTokenRevocation ?? true,
    preventUserExistenceErrors: inputs.preventUserExistenceErrors === "ENABLED",
    readAttributes: inputs.readAttributes,
    writeAttributes: inputs.writeAttributes,
  };
}
