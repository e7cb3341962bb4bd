/** Encrypts the session cookie of the site. */
export const sessionSecret = new sst.Secret("SessionSecret");

/** Known to the site and to the function that tells it what changed. */
export const revalidateSecret = new sst.Secret("RevalidateSecret");

/** The address that mails come from. It is no secret, but like one it differs between stages. */
export const mailSender = new sst.Secret("MailSender", "no-reply@haru.example");
