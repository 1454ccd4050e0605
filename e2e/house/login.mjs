// A login provider that we did not write, on a free port: what a MitID broker is to the server.

import { createServer } from "node:http";

import { Provider } from "oidc-provider";

import { freePort } from "./demo.mjs";

// People at the provider: subject to claims.
export async function startProvider({ clientId, clientSecret, redirects, people }) {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: redirects,
        response_types: ["code"],
        grant_types: ["authorization_code"],
      },
    ],
    claims: { openid: ["sub", ...new Set(Object.values(people).flatMap(Object.keys))], profile: ["name"] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    cookies: { keys: ["one for a test, and for nothing else"] },
    findAccount: (_context, subject) => ({
      accountId: subject,
      claims: async () => ({ sub: subject, ...(people[subject] ?? {}) }),
    }),
  });
  const server = createServer(provider.callback());
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return { issuer, stop: () => new Promise((resolve) => server.close(resolve)) };
}
