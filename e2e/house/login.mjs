// A login provider that we did not write, on a free port: what a MitID broker is to the server.

import { createServer } from "node:http";

import { Provider } from "oidc-provider";

import { freePort } from "./demo.mjs";

// People at the provider: subject to claims. The client proves itself with a key of its own.
export async function startProvider({ clientId, jwks, redirects, level, people }) {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const claims = [...new Set(Object.values(people).flatMap(Object.keys))];
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        token_endpoint_auth_method: "private_key_jwt",
        token_endpoint_auth_signing_alg: "ES256",
        jwks,
        redirect_uris: redirects,
        response_types: ["code"],
        grant_types: ["authorization_code"],
      },
    ],
    acrValues: [level],
    claims: { acr: null, auth_time: null, openid: ["sub", ...claims] },
    conformIdTokenClaims: false,
    clientDefaults: { require_auth_time: true },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    cookies: { keys: ["one for a test, and for nothing else"] },
    findAccount: (_context, subject) => ({
      accountId: subject,
      claims: async () => ({ sub: subject, ...(people[subject] ?? {}) }),
    }),
  });
  const [subject] = Object.keys(people);
  const finish = async (request, response) => {
    const { prompt, params, session } = await provider.interactionDetails(request, response);
    if (prompt.name === "login") {
      // Whoever comes is the first of the people, at the level that the journey is about.
      const login = { accountId: subject, acr: level };
      return provider.interactionFinished(request, response, { login });
    }
    const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
    grant.addOIDCScope(params.scope);
    grant.addOIDCClaims(claims);
    const consent = { grantId: await grant.save() };
    return provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
  };
  const others = provider.callback();
  const server = createServer((request, response) => {
    if (!request.url.startsWith("/interaction/")) return others(request, response);
    return finish(request, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    issuer,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
