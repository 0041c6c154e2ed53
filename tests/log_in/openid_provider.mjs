/** A real OpenID provider of somebody else's making, for the tests of the institutional log-in: one client, PKCE. */
import Provider from "oidc-provider";

const [port, redirectUri] = process.argv.slice(2);
const people = {
  nguyen: {
    name: "NGUYEN VAN ANH",
    email: "vananh97@example.com",
    email_verified: true,
    phone_number: "010-2345-6789",
  },
  bare: {},
};
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "agency-client",
      client_secret: "agency-secret",
      redirect_uris: [redirectUri],
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  pkce: { required: () => true },
  claims: { openid: ["sub"], profile: ["name"], email: ["email", "email_verified"], phone: ["phone_number"] },
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
