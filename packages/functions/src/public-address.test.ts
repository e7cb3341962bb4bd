import { expect, test } from "vitest";
import { isPublicAddress, lookupPublic } from "./public-address.ts";
import { publicTransport } from "./public-request.ts";

test("addresses of this machine, of networks of its own and of metadata services are not public", () => {
  const inside = ["0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.31.0.1"];
  const more = ["192.168.0.1", "198.19.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "::ffff:10.0.0.1"];
  const tunnels = [
    "64:ff9b::a00:1",
    "2002:a00:1::",
    "2001::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "ff02::1",
  ];
  for (const address of [...inside, ...more, ...tunnels])
    expect(isPublicAddress(address), address).toBe(false);
  for (const address of ["8.8.8.8", "172.32.0.1", "192.169.0.1", "2001:4860:4860::8888", "2a00:1450::1"])
    expect(isPublicAddress(address), address).toBe(true);
});

test("a name that leads inside is not connected to, whatever number of addresses is asked for", async () => {
  for (const all of [true, false]) {
    const error = await new Promise((resolve) => lookupPublic("localhost", { all }, resolve));
    expect(error).toMatchObject({ name: "InnerAddressError" });
  }
});

test("what is sent to has a name and TLS: numbers and plain HTTP begin no request", () => {
  for (const url of ["https://127.0.0.1/", "https://[::1]/", "https://2130706433/", "http://push.example/"])
    expect(() => publicTransport(new URL(url), {}), url).toThrow("is no address for requests");
});
