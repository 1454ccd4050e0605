// A certified provider that we did not write, with one test person. Prints its address and serves until its input closes.
// It is installed with the browser tests (`e2e/package-lock.json`); it logs everybody in who answers its form.
import { createRequire } from "node:module";
import { createPublicKey } from "node:crypto";
import { createServer } from "node:http";

const [, , modules, publicKeyPem, redirectUri, level, port, person] = process.argv;
const claims = JSON.parse(person ?? '{"cprNumberIdentifier":"2512489996","name":"Nancy Ann Berggren"}');
const require = createRequire(`${modules}/package.json`);
const { default: Provider } = await import(require.resolve("oidc-provider"));

const clientKey = { ...createPublicKey(publicKeyPem.replaceAll("\\n", "\n")).export({ format: "jwk" }), kid: "ours", use: "sig", alg: "ES256" };
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [{
    client_id: "hjemmel",
    redirect_uris: [redirectUri],
    response_types: ["code"],
    grant_types: ["authorization_code"],
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: "ES256",
    id_token_signed_response_alg: "ES256",
    post_logout_redirect_uris: [new URL("/", redirectUri).href],
    jwks: { keys: [clientKey] },
  }],
  pkce: { required: () => true },
  acrValues: [level],
  claims: { openid: ["sub"], ssn: ["cprNumberIdentifier"], profile: ["name"], club: ["email", "email_verified", "groups"], acr: null, auth_time: null, iss: null },
  scopes: ["openid", "ssn", "profile", "club"],
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
  jwks: { keys: [(await generateKey())] },
  cookies: { keys: ["only-for-tests"] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...claims }) }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  ttl: { Interaction: 600, Session: 600, Grant: 600, IdToken: 300, AccessToken: 300 },
});

async function generateKey() {
  const { generateKeyPairSync } = await import("node:crypto");
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { ...privateKey.export({ format: "jwk" }), kid: "provider", use: "sig", alg: "ES256" };
}

const serve = provider.callback();
const server = createServer(async (request, response) => {
  if (!request.url.startsWith("/interaction/")) return serve(request, response);
  const { prompt, params } = await provider.interactionDetails(request, response);
  const accountId = "nancy";
  if (prompt.name === "login") {
    return provider.interactionFinished(request, response, { login: { accountId, acr: level, remember: false } }, { mergeWithLastSubmission: false });
  }
  const grant = new provider.Grant({ accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const consent = { grantId: await grant.save() };
  return provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
});
server.listen(Number(port), "127.0.0.1", () => console.log(issuer));
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
