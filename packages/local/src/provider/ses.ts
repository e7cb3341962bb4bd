import { ACCOUNT_ID, type Providers, REGION } from "../cloud.ts";

/** Mail identities, verified at once: the engine takes mail from every sender. */
export const sesProviders: Providers = {
  "aws:sesv2/configurationSet:ConfigurationSet": async ({ name, inputs }) => {
    const set: string = inputs.configurationSetName || name;
    return { id: set, state: { configurationSetName: set, arn: arnOf("configuration-set", set) } };
  },

  "aws:sesv2/emailIdentity:EmailIdentity": async ({ inputs }) => ({
    id: inputs.emailIdentity,
    state: {
      arn: arnOf("identity", inputs.emailIdentity),
      identityType: inputs.emailIdentity.includes("@") ? "EMAIL_ADDRESS" : "DOMAIN",
      verifiedForSendingStatus: true,
      // No records are to be made in any zone.
      dkimSigningAttributes: { tokens: [] },
    },
  }),
};

function arnOf(kind: string, name: string): string {
  return `arn:aws:ses:${REGION}:${ACCOUNT_ID}:${kind}/${name}`;
}
