import { pastOf } from "./past";
import { ofSlug } from "./past-habits";
import { between, type Random, seededRandom, seedOf } from "./random";
import type { DemoTenant } from "./shapes";

/** Something that is said to have happened to a demo tenant. `user` and `client` only where somebody signed in. */
export type PastEvent = {
  at: number;
  type: string;
  description: string;
  actor: string;
  ipAddress: string | null;
  user?: string;
  client?: string;
};

const hour = 3_600_000;
const day = 24 * hour;

/** Days for which sign-ins are made up. */
const signInDays = 14;

const first = ["Ada", "Noor", "Mateo", "Yuki", "Ingrid", "Kwame", "Leila", "Tomasz", "Priya", "Hugo", "Mei", "Zola"];
const last = ["okafor", "lindqvist", "tanaka", "moreau", "haddad", "novak", "silva", "berg", "rossi", "chen"];
const clients = [
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
] as const;

/** What happened to a tenant in its made-up past, in time order: said to be made up in its words. */
export function eventsOf(tenant: DemoTenant, end: number): PastEvent[] {
  const random = seededRandom(seedOf(`${tenant.slug} events`));
  const events = [...signIns(tenant, end, random), ...guessing(tenant, end, random), ...care(tenant, end, random)];
  const began = end - ofSlug(tenant.slug).days * day;
  return events.filter(({ at }) => at >= began && at < end).sort((one, other) => one.at - other.at);
}

/** People come when the shop is busy: the likelier, the more requests there were in that hour. */
function signIns(tenant: DemoTenant, end: number, random: Random): PastEvent[] {
  const people = Array.from({ length: Math.max(2, Math.round(Math.sqrt(tenant.rows) / 4)) }, () => {
    const name = `${first[between(random, 0, 11)]}.${last[between(random, 0, 9)]}`.toLowerCase();
    return { name: `${name}@example.com`, address: `198.51.100.${between(random, 2, 250)}` };
  });
  return pastOf(tenant, end - signInDays * day, end, hour).flatMap(({ at, values }) => {
    const rate = Math.min(4, (values.requests?.mean ?? 0) * 0.3);
    const times = Math.floor(rate + random());
    return Array.from({ length: times }, () => {
      const person = people[Math.floor(random() ** 2 * people.length)] ?? people[0];
      const failed = random() < 0.06;
      return signIn(at + Math.floor(random() * hour), person?.name ?? "", person?.address ?? "", failed, random);
    });
  });
}

/** Somebody tries passwords at two of the shops, from one address. */
function guessing({ slug }: DemoTenant, end: number, random: Random): PastEvent[] {
  if (slug !== "saffron-market" && slug !== "manara-books") return [];
  const from = end - 20 * hour;
  return Array.from({ length: 70 }, () =>
    signIn(from + Math.floor(random() * hour), "admin@example.com", "203.0.113.66", true, random),
  );
}

function signIn(at: number, user: string, address: string, failed: boolean, random: Random): PastEvent {
  return {
    at,
    type: failed ? "sign_in_failed" : "signed_in",
    description: failed ? `${user} could not sign in (made up)` : `${user} signed in (made up)`,
    actor: user,
    ipAddress: address,
    user,
    client: clients[between(random, 0, 2)] ?? clients[0],
  };
}

/** What an operator may have done now and then. */
function care({ slug, shape }: DemoTenant, end: number, random: Random): PastEvent[] {
  const days = (least: number, most: number) => end - between(random, least * 24, most * 24) * hour;
  const event = (at: number, type: string, description: string): PastEvent => {
    return { at, type, description: `${description} (made up)`, actor: "demo", ipAddress: null };
  };
  const events = [
    event(days(20, 30), "migrated", "Migrated to 20261121163000_shop"),
    event(days(8, 12), "migrated", "Migrated to 20261121163100_page_views"),
    event(days(2, 6), "vacuumed", "Vacuumed and analysed"),
    event(days(1, 14), "exported", "Exported the database"),
  ];
  if (shape === "noisy") events.push(event(days(4, 4), "limits_changed", "Limits changed: 40 connections"));
  if (slug === "tidewater") {
    events.push(event(end - 122 * hour, "maintenance_started", "Maintenance began: the shop was closed"));
    events.push(event(end - 116 * hour, "maintenance_ended", "Maintenance ended"));
  }
  if (slug === "atlas-maps") events.push(event(end - 9 * hour, "action_failed", "An index could not be built"));
  return events;
}
