import type { Mail } from "./engine.ts";

/** Answers a function that hands mails to SES's API (`SendEmail` of version 2) at that address. */
export function sesMailer(sesUrl: string): (mail: Mail) => Promise<void> {
  return async (mail) => {
    const response = await fetch(`${sesUrl}/v2/email/outbound-emails`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        FromEmailAddress: mail.from,
        Destination: { ToAddresses: [mail.to] },
        Content: {
          Simple: {
            Subject: { Data: mail.subject, Charset: "UTF-8" },
            Body: {
              Text: { Data: mail.text, Charset: "UTF-8" },
              ...(mail.html === undefined ? {} : { Html: { Data: mail.html, Charset: "UTF-8" } }),
            },
          },
        },
      }),
    });
    if (!response.ok) throw new Error(`SES answered ${response.status}: ${await response.text()}`);
  };
}
