import { applicationServerKeys } from "@haru/core/push-subscription/application-server-key";

/** Encrypts the session cookie of the site. */
export const sessionSecret = new sst.Secret("SessionSecret");

/** Known to the site and to the function that tells it what changed. */
export const revalidateSecret = new sst.Secret("RevalidateSecret");

/** Put on each request by the front door, so that the API believes what it says about the client. */
export const edgeSecret = new sst.Secret("EdgeSecret");

/** The key by which push services know the site is made of it. Another one ends what browsers subscribed to. */
export const pushSecret = new sst.Secret("PushSecret");

/** What browsers subscribe with: whoever hands it out need not know the secret. */
export const pushKey = new sst.Linkable("PushKey", {
  properties: { publicKey: pushSecret.value.apply((secret) => applicationServerKeys(secret).publicKey) },
});

/** The address that mails come from. It is no secret, but like one it differs between stages. */
export const mailSender = new sst.Secret("MailSender", "no-reply@haru.example");
