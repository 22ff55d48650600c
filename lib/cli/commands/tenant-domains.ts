import { AppError } from "@/lib/kernel/errors";
import type { Operations } from "@/lib/sdk/generated";
import { type AnyCommand, type Cli, defineCommand, text } from "../command";
import { Found, Misused } from "../failure";
import { tenantNamed } from "../find";
import { momentWords } from "../words";

type Domain = Operations["domains.list"]["output"]["domains"][number];

const listDomains = defineCommand({
  path: "tenants domains list <tenant>",
  words: "Lists a tenant's domains, and the DNS records that prove them.",
  examples: ["tenants domains list acme"],
  async run(cli, { tenant }) {
    const { id } = await tenantNamed(cli, tenant);
    const answer = await cli.send("domains.list", { id });
    const rows = answer.domains.map((one) => [
      ...[one.hostname, one.primary ? "primary" : "", one.state, one.verifiedBy, momentWords(one.checkedAt)],
      `${one.record.name} TXT ${one.record.value}`,
    ]);
    const columns = ["Hostname", "Primary", "State", "By", "Checked", "Record"];
    await cli.out.table(answer, columns, rows, `It has none of its own; it answers at ${answer.builtIn}.`);
  },
});

const addDomain = defineCommand({
  path: "tenants domains add <tenant> <hostname>",
  words: "Adds a domain to a tenant, and tells the DNS record that proves it.",
  examples: ["tenants domains add acme shop.example.com"],
  async run(cli, { tenant, hostname }) {
    const { id } = await tenantNamed(cli, tenant);
    const domain = await cli.send("domains.add", { id, hostname });
    cli.out.result(domain, stateWords(domain));
  },
});

const verifyDomain = defineCommand({
  path: "tenants domains verify <tenant> <hostname>",
  words: "Looks for a domain's DNS record now; exit code 7 when it is not there.",
  examples: ["tenants domains verify acme shop.example.com"],
  async run(cli, { tenant, hostname }) {
    const at = await domainNamed(cli, tenant, hostname);
    const domain = await cli.send("domains.verify", at);
    if (cli.options.json || domain.state === "verified") cli.out.result(domain, stateWords(domain));
    if (domain.state !== "verified") throw new Found(`${stateWords(domain)} ${domain.checkError ?? ""}`.trim());
  },
});

function stateWords({ hostname, state, record }: Domain): string {
  if (state === "verified") return `${hostname} is verified.`;
  return `${hostname} is ${state}. Its proof is a TXT record ${record.name} with ${record.value}`;
}

const vouch = defineCommand({
  path: "tenants domains vouch <tenant> <hostname>",
  words: "Takes a domain for proven without its DNS record, for a reason that is kept.",
  examples: ['tenants domains vouch acme shop.example.com --reason "Moved from the old system" --yes'],
  options: { reason: text("why; needed") },
  dangerous: ({ hostname }) => `${hostname} leads to this tenant's data without a proof of who owns it.`,
  async run(cli, { tenant, hostname }, { reason }) {
    if (reason === undefined) throw new Misused("Say why: --reason.");
    const domain = await cli.send("domains.vouch", { ...(await domainNamed(cli, tenant, hostname)), reason });
    cli.out.result(domain, stateWords(domain));
  },
});

const primary = defineCommand({
  path: "tenants domains primary <tenant> <hostname>",
  words: "Makes a verified domain the tenant's primary one.",
  examples: ["tenants domains primary acme shop.example.com"],
  async run(cli, { tenant, hostname }) {
    const domain = await cli.send("domains.setPrimary", await domainNamed(cli, tenant, hostname));
    cli.out.result(domain, `${hostname} is the primary domain.`);
  },
});

const removeDomain = defineCommand({
  path: "tenants domains remove <tenant> <hostname>",
  words: "Removes a domain: it no longer leads to the tenant.",
  examples: ["tenants domains remove acme shop.example.com --yes"],
  dangerous: ({ hostname }) => `${hostname} no longer leads to this tenant.`,
  async run(cli, { tenant, hostname }) {
    const answer = await cli.send("domains.remove", await domainNamed(cli, tenant, hostname));
    cli.out.result(answer, `${hostname} is removed.`);
  },
});

async function domainNamed(cli: Cli, tenant: string, hostname: string): Promise<{ id: string; domain: string }> {
  const { id, slug } = await tenantNamed(cli, tenant);
  const { domains } = await cli.send("domains.list", { id });
  const found = domains.find((one) => one.hostname === hostname.toLowerCase() || one.id === hostname);
  if (!found)
    throw new AppError("not_found", `${slug} has no domain ${hostname}. See: tenantry tenants domains list ${slug}`);
  return { id, domain: found.id };
}

/** A tenant's domains. */
export const tenantDomainCommands: readonly AnyCommand[] = [
  ...[listDomains, addDomain, verifyDomain, vouch, primary, removeDomain],
];
