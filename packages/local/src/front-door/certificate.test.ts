import { X509Certificate } from "node:crypto";
import { createServer, get } from "node:https";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { createCertificate } from "./certificate.ts";

test("a client that trusts the certificate reaches this machine under each of its names, and no other client does", async () => {
  const { certificate, privateKey } = createCertificate(new Date());
  const server = createServer({ cert: certificate, key: privateKey }, (_, response) => response.end("hello"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const ask = (host: string, ca?: string) =>
    new Promise<string>((resolve) => {
      const options = { host: "127.0.0.1", port, servername: host, ...(ca ? { ca } : {}) };
      get(options, (response) => response.on("data", (data) => resolve(String(data)))).on("error", (error) =>
        resolve((error as NodeJS.ErrnoException).code ?? error.message),
      );
    });
  expect(await ask("localhost", certificate)).toBe("hello");
  expect(await ask("d-1.cloudfront.localhost", certificate)).toBe("hello");
  expect(await ask("localhost")).toBe("DEPTH_ZERO_SELF_SIGNED_CERT");
  expect(await ask("evil.example", certificate)).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
  server.closeAllConnections();
  server.close();
});

test("the certificate names this machine's address and is valid from now on", () => {
  const now = new Date("2026-11-21T00:00:00Z");
  const certificate = new X509Certificate(createCertificate(now).certificate);
  expect(certificate.checkIP("127.0.0.1")).toBe("127.0.0.1");
  expect(certificate.validFromDate).toEqual(now);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
});
