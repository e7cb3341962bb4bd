import { notes } from "./data.ts";

const greeting = new sst.Secret("Greeting", "hello");

export const people = new sst.aws.CognitoUserPool("People", { usernames: ["email"] });

export const web = people.addClient("Web", {
  transform: {
    client: { explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] },
  },
});

export const api = new sst.aws.ApiGatewayV2("Api");

const signedIn = api.addAuthorizer({
  name: "SignedIn",
  jwt: {
    issuer: $interpolate`https://cognito-idp.${aws.getRegionOutput().region}.amazonaws.com/${people.id}`,
    audiences: [web.id],
  },
});

api.route("GET /notes/{id}", { handler: "src/note.get", link: [notes] });
api.route(
  "PUT /notes/{id}",
  { handler: "src/note.put", link: [notes] },
  { auth: { jwt: { authorizer: signedIn.id } } },
);
api.route("GET /greeting", { handler: "src/greeting.handler", link: [greeting] });
api.route("GET /unlinked", { handler: "src/unlinked.handler" });
