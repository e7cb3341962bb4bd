import { type Client, createClient } from "@haru/core/client";
import type { Locale } from "@haru/core/locale";
import { contracts } from "@haru/core/routes";

const clients = new Map<Locale, Client<typeof contracts>>();

/** The API for pages in a browser. The site adds the session's token, which no script ever sees. */
export function browserApi(locale: Locale): Client<typeof contracts> {
  const known = clients.get(locale);
  if (known) return known;
  const client = createClient(contracts, { baseUrl: "/bff", locale });
  clients.set(locale, client);
  return client;
}
