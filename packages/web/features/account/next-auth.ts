import { emailSchema } from "@haru/core/account/account.contract";
import type { AuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { sessionSecret } from "../../core.ts";
import { sessionCookieName, sessionCookieOptions, writeSessionHint } from "./session.ts";
import { sessionMaxAgeSeconds } from "./session-hint.ts";
import { sessionSchema } from "./session-token.ts";
import { SignInRefused, signInAtApi, signOutAtApi } from "./sign-in.ts";

/** Made for each request, since links are not there while the site is built. */
export function authOptions(): AuthOptions {
  return {
    secret: sessionSecret(),
    session: { strategy: "jwt", maxAge: sessionMaxAgeSeconds },
    cookies: { sessionToken: { name: sessionCookieName(), options: sessionCookieOptions() } },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {}, code: {}, recoveryCode: {} },
        authorize: async (credentials) => {
          const email = emailSchema.safeParse(credentials?.email).data;
          if (!email || !credentials?.password) throw new SignInRefused("wrong");
          // next-auth hands the message of an error on to the page; SignInRefused says only its outcome.
          const { password, code, recoveryCode } = credentials;
          return { id: email, ...(await signInAtApi({ email, password, code, recoveryCode })) };
        },
      }),
    ],
    callbacks: {
      // The cookie holds exactly a session, and none of what next-auth would add.
      jwt: async ({ token, user }) => {
        if (!user) return token;
        const session = sessionSchema.parse(user);
        await writeSessionHint(session);
        return { ...session };
      },
    },
    events: {
      signOut: async ({ token }) => {
        await writeSessionHint(undefined);
        const session = sessionSchema.safeParse(token).data;
        if (session) await signOutAtApi(session);
      },
    },
  };
}
