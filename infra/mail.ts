import { mailSender } from "./secrets.ts";

/** Who mails come from. SES sends only from an address or a domain that it has verified for the account. */
export const mail = new sst.aws.Email("Mail", { sender: mailSender.value });
