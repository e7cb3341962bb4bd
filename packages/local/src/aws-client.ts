import { type Cloud, REGION } from "./cloud.ts";
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from "./credentials.ts";

/** Settings of an AWS SDK client that talks to one of the engines. */
export function clientSettings(endpoint: string) {
  return {
    endpoint,
    region: REGION,
    credentials: { accessKeyId: ACCESS_KEY_ID, secretAccessKey: SECRET_ACCESS_KEY },
  };
}

/** Makes one client a cloud, when it is first asked for, and ends it with the cloud. */
export function onePerCloud<Client extends { destroy(): void }>(
  create: (cloud: Cloud) => Client,
): (cloud: Cloud) => Client {
  const clients = new WeakMap<Cloud, Client>();
  return (cloud) => {
    const known = clients.get(cloud);
    if (known) return known;
    const client = create(cloud);
    clients.set(cloud, client);
    cloud.onStop(() => client.destroy());
    return client;
  };
}
