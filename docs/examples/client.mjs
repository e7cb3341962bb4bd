/** node docs/examples/client.mjs <site> <e-mail> <password>: what a mobile client does, see docs/mobile.md. */
const [site, email, password] = process.argv.slice(2);
if (!site || !email || !password) {
  console.error("Usage: node docs/examples/client.mjs <site> <e-mail> <password>");
  process.exit(2);
}
let tokens;

async function send(method, path, { body, token } = {}) {
  const response = await fetch(`${site}/api${path}`, {
    method,
    headers: {
      "accept-language": "en",
      ...(body ? { "content-type": "application/json" } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: body && JSON.stringify(body),
  });
  const answer = await response.json();
  if (response.ok) return answer;
  throw Object.assign(new Error(answer.error?.message ?? `Status ${response.status}`), {
    status: response.status,
  });
}

/** Calls with the access token; one that has ended is renewed once. */
async function call(method, path, body) {
  try {
    return await send(method, path, { body, token: tokens.accessToken });
  } catch (error) {
    if (error.status !== 401) throw error;
    await refresh();
    return send(method, path, { body, token: tokens.accessToken });
  }
}

async function refresh() {
  tokens = await send("POST", "/sessions/refresh", { body: { refreshToken: tokens.refreshToken } });
}

const answer = await send("POST", "/sessions", { body: { email, password } });
if (answer.outcome !== "signed_in") throw new Error(`The account answers ${answer.outcome}.`);
tokens = answer.tokens;
const { displayName, roles } = await call("GET", "/account");
console.log(`Signed in as ${displayName} (${roles.join(", ")}).`);
await refresh();
const { items } = roles.includes("author") ? await call("GET", "/author/posts?limit=5") : { items: [] };
for (const { title, state } of items) console.log(`- ${title} (${state})`);
await send("POST", "/sessions/sign-out", { body: { refreshToken: tokens.refreshToken } });
console.log("Signed out.");
