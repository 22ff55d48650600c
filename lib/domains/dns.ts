import { Resolver } from "node:dns/promises";
import { beginning } from "@/lib/kernel/foreign-text";
import { env } from "@/lib/platform/env";
import { recordPrefix } from "@/lib/tenants/domain";
import type { Look } from "./rules";

/** Answers the TXT records of a name, each in the chunks that DNS cuts it into; throws what node:dns throws. */
export type DnsTxt = (name: string) => Promise<string[][]>;

const answerMs = 1500;
const patienceMs = 6000;

/** Asks the servers of `DNS_SERVERS`, or the host's own, and waits for seconds only. */
export const dnsTxt: DnsTxt = async (name) => {
  // A resolver for each question: none remembers what another was told.
  const resolver = new Resolver({ timeout: answerMs, tries: 2 });
  const servers = env().DNS_SERVERS;
  if (servers.length > 0) resolver.setServers(servers);
  const timer = setTimeout(() => resolver.cancel(), patienceMs);
  return await resolver.resolveTxt(name).finally(() => clearTimeout(timer));
};

type Claim = { hostname: string; token: string };

/** Where the TXT record of a domain belongs, and what it has to say. */
export function recordOf({ hostname, token }: Claim): { name: string; value: string } {
  return { name: `${recordPrefix}${hostname}`, value: `tenantry-verification=${token}` };
}

/** Looks whether a domain's TXT record is there, and says in words what was found instead. */
export async function lookUp(claim: Claim, txt: DnsTxt): Promise<Look> {
  const { name, value } = recordOf(claim);
  const found = await txt(name).then((records) => records.map((chunks) => chunks.join("")), failure(name));
  if (!Array.isArray(found)) return found;
  if (found.length === 0) return noRecord(name);
  if (found.some((text) => plain(text) === value)) return { seen: "there" };
  return { seen: "gone", words: `${name} says ${shown(found)}, which is not the value for this tenant.` };
}

/** Some panels keep the quotes that people paste, or change the case. */
function plain(text: string): string {
  return text
    .trim()
    .replace(/^"(.*)"$/, "$1")
    .trim()
    .toLowerCase();
}

const mostShown = 3;
const longestShown = 100;

/** What somebody else wrote: little of it, and no character that could pass for something else. */
function shown(records: string[]): string {
  const texts = records.slice(0, mostShown).map((text) => `“${clean(text)}”`);
  const more = records.length - texts.length;
  return `${texts.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function clean(text: string): string {
  const start = beginning(text, longestShown);
  return `${start.replace(/[\p{C}“”]/gu, "\ufffd")}${start.length < text.length ? "…" : ""}`;
}

const noRecord = (name: string): Look => ({ seen: "gone", words: `${name} has no TXT record.` });

function failure(name: string) {
  return (error: unknown): Look => {
    const code = error instanceof Error && "code" in error ? String(error.code) : "UNKNOWN";
    if (code === "ENOTFOUND") return { seen: "gone", words: `There is no name ${name} in DNS (NXDOMAIN).` };
    if (code === "ENODATA") return noRecord(name);
    return { seen: "unknown", words: outages[code] ?? `DNS could not be asked (${code}). It is asked again.` };
  };
}

const slow = "DNS did not answer in time. It is asked again.";

const outages: Record<string, string> = {
  ETIMEOUT: slow,
  ECANCELLED: slow,
  ESERVFAIL: "The domain's name servers failed (SERVFAIL), or their signatures are not right. They are asked again.",
  EREFUSED: "The DNS server would not answer this (REFUSED). It is asked again.",
  ECONNREFUSED: "No DNS server can be reached. It is asked again.",
  EBADRESP: "The DNS server's answer made no sense. It is asked again.",
};
