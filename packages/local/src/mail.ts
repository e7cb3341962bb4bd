/** A mail that a part of the local cloud itself sends, for instance a user pool. */
export interface OutgoingMail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
}

/**
 * Sends into the mailbox of the mail engine, by SES's SendEmail.
 * @param sesUrl address of the engine
 */
export function mailSender(sesUrl: string): (mail: OutgoingMail) => Promise<void> {
  return async ({ from, to, subject, text, html }) => {
    const content = (Data: string) => ({ Data, Charset: "UTF-8" });
    const Body = { Text: content(text), ...(html === undefined ? {} : { Html: content(html) }) };
    const response = await fetch(`${sesUrl}/v2/email/outbound-emails`, {
      method: "POST",
      // The engine wants to see that a request is signed and does not check the signature.
      headers: { "content-type": "application/json", authorization: "AWS4-HMAC-SHA256 local" },
      body: JSON.stringify({
        FromEmailAddress: from,
        Destination: { ToAddresses: [to] },
        Content: { Simple: { Subject: content(subject), Body } },
      }),
    });
    if (!response.ok) throw new Error(`The mail to ${to} was refused: ${await response.text()}`);
  };
}
