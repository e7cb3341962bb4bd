/** Encrypts the session cookie of the site. */
export const sessionSecret = new sst.Secret("SessionSecret");

/** Known to the site and to the function that tells it what changed. */
export const revalidateSecret = new sst.Secret("RevalidateSecret");

/** Put on each request by the front door, so that the API believes what it says about the client. */
export const edgeSecret = new sst.Secret("EdgeSecret");

/** The address that mails come from. It is no secret, but like one it differs between stages. */
export const mailSender = new sst.Secret("MailSender", "no-reply@haru.example");
