import { timingSafeEqual } from "node:crypto";
import type { Engine } from "../engine.ts";
import { CognitoError, notAuthorized } from "../error.ts";
import { findFamily, revokeFamilies, revokeFamily } from "../family.ts";
import { type Input, optionalText, text, textMap } from "../input.ts";
import { clientOf, type Operations, open } from "../operation.ts";
import type { Client } from "../pool.ts";
import { checkRevocable, readAccessToken, refreshTokens } from "../token.ts";

export const tokenOperations: Operations = {
  GetTokensFromRefreshToken: open(getTokensFromRefreshToken),
  RevokeToken: open(revokeToken),
  GlobalSignOut: open(globalSignOut),
};

async function getTokensFromRefreshToken(engine: Engine, input: Input) {
  const { client, pool } = clientOf(engine, input);
  if (!knowsSecret(client, optionalText(input, "ClientSecret"))) {
    throw notAuthorized(`Client secret does not match for the client: ${client.id}`);
  }
  const result = await refreshTokens(engine, {
    pool,
    client,
    token: text(input, "RefreshToken"),
    clientMetadata: textMap(input, "ClientMetadata"),
    check: () => {},
  });
  return { AuthenticationResult: result };
}

async function revokeToken(engine: Engine, input: Input) {
  const { client } = clientOf(engine, input);
  const token = text(input, "Token");
  if (!knowsSecret(client, optionalText(input, "ClientSecret"))) throw unauthorized();
  checkRevocable(client);
  if (token.split(".").length === 3) {
    throw new CognitoError("UnsupportedTokenTypeException", "The token type is not supported.");
  }
  engine.store.transaction(() => {
    const family = findFamily(engine, token);
    // A token that nobody knows is as good as revoked (RFC 7009, section 2.2).
    if (!family) return;
    if (family.clientId !== client.id) return unauthorized();
    revokeFamily(engine, family.id);
  });
  return {};
}

async function globalSignOut(engine: Engine, input: Input) {
  engine.store.transaction(() => {
    revokeFamilies(engine, readAccessToken(engine, text(input, "AccessToken")).user);
  });
  return {};
}

function knowsSecret(client: Client, given: string | undefined): boolean {
  if (client.secret === undefined) return true;
  const left = Buffer.from(given ?? "");
  const right = Buffer.from(client.secret);
  return left.length === right.length && timingSafeEqual(left, right);
}

function unauthorized(): CognitoError {
  return new CognitoError("UnauthorizedException", "Unauthorized");
}
