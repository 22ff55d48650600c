import { connect as connectTls } from "node:tls";
import { scopeWords } from "@/lib/kernel/scope";
import { ApiError } from "@/lib/sdk/api-error";
import type { Client, OutputOf } from "@/lib/sdk/client";
import { type Check, ok, unchecked, type Verdict, warning, wrong } from "./check";
import { drift } from "./clocks";

export type Remote = {
  url: string;
  key: string | undefined;
  client: Client;
  /** The version of this command line. */
  version: string;
  now: () => Date;
};

/** What can be seen of an installation from afar: its address, its certificate, the key, the version, the time. */
export function remoteChecks(remote: Remote): Check[] {
  const { url, key, client, version, now } = remote;
  const needs = ["reached"];
  return [
    { id: "reached", about: `The address ${url}`, look: () => reached(url) },
    { id: "tls", about: "Its certificate", needs, look: () => tls(new URL(url), now()) },
    { id: "ready", about: "The console and its database", needs, look: () => ready(url) },
    { id: "clock", about: "This machine's clock", needs, look: () => clock(url, now) },
    { id: "key", about: "The API key", needs, look: () => keyHolder(client, key, now()) },
    { id: "versions", about: "The versions of both sides", needs, look: () => versions(url, version) },
  ];
}

const live = "/api/tenancy/health/live";

async function ask(url: string, path: string): Promise<Response> {
  return await fetch(new URL(path, url), { signal: AbortSignal.timeout(10_000), redirect: "manual" });
}

async function reached(url: string): Promise<Verdict> {
  const began = performance.now();
  try {
    const answer = await ask(url, live);
    const body: unknown = await answer.json().catch(() => null);
    const ours = typeof body === "object" && body !== null && "state" in body && body.state === "ok";
    if (answer.ok && ours) return ok(`It answers, in ${Math.round(performance.now() - began)} ms.`);
    return wrong(
      `Something answers there with status ${answer.status}, and it is not Tenantry.`,
      "Look at the address: it is the console's own, without a path.",
    );
  } catch (error) {
    return wrong(
      `It can't be reached: ${causeOf(error)}.`,
      "Look at the address, at the network and at its certificate.",
    );
  }
}

function causeOf(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(inner instanceof Error)) return String(inner);
  return inner.message || ("code" in inner ? String(inner.code) : inner.name);
}

const dayMs = 86_400_000;

async function tls(url: URL, now: Date): Promise<Verdict> {
  if (url.protocol === "http:") {
    const near = url.hostname === "localhost" || url.hostname.startsWith("127.") || url.hostname === "[::1]";
    if (near) return ok("None is needed: it is on this machine.");
    return warning("There is none: the key and all answers can be read on the way.", "Use https://.");
  }
  return certificate(await endOfCertificate(url), now);
}

/** What the end of a certificate says. That it is trusted was shown by reaching the address. */
export function certificate(ends: Date, now: Date): Verdict {
  const days = Math.floor((ends.getTime() - now.getTime()) / dayMs);
  const words = `It is trusted, and ends on ${ends.toISOString().slice(0, 10)} (${days} days).`;
  if (days < 0) return wrong(`It ended on ${ends.toISOString().slice(0, 10)}.`, "Renew it.");
  return days < 14 ? warning(words, "See that it is renewed in time.") : ok(words);
}

async function endOfCertificate(url: URL): Promise<Date> {
  return await new Promise((resolve, reject) => {
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const socket = connectTls({ host, port: Number(url.port || 443), servername: host, timeout: 10_000 }, () => {
      resolve(new Date(socket.getPeerCertificate().valid_to));
      socket.destroy();
    });
    socket.once("error", reject);
    socket.once("timeout", () => socket.destroy(new Error("it did not answer in time")));
  });
}

async function ready(url: string): Promise<Verdict> {
  const answer = await ask(url, "/api/tenancy/health/ready");
  if (answer.ok) return ok("Ready.");
  return wrong(
    `It answers ${answer.status}: the control database does not answer it.`,
    "Run tenantry doctor on its host.",
  );
}

async function clock(url: string, now: () => Date): Promise<Verdict> {
  const answer = await ask(url, live);
  const told = new Date(answer.headers.get("date") ?? "");
  return Number.isNaN(told.getTime()) ? unchecked("It does not tell the time.") : drift("The other side", told, now());
}

async function keyHolder(client: Client, key: string | undefined, now: Date): Promise<Verdict> {
  if (key === undefined) return wrong("None was given.", "Make one in the console, and give it as TENANTRY_API_KEY.");
  try {
    return holder(await client.send("caller.show", {}), now);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 404) return unchecked("This installation can't tell: it is of an older version.");
    return wrong(error.message, "Give another key: TENANTRY_API_KEY.");
  }
}

/** What a key may do. */
export function holder(told: OutputOf<"caller.show">, now: Date): Verdict {
  const { name, permissions, scope, requestsPerMinute, expiresAt } = told;
  const rights = `${permissions?.length ?? "all"} rights (${(permissions ?? []).join(", ")})`;
  const limit = requestsPerMinute === null ? "no limit of requests" : `${requestsPerMinute} requests a minute`;
  const words = `${name}: ${rights}, on ${scopeWords(scope)}; ${limit}`;
  if (expiresAt === null) return ok(`${words}; it does not expire.`);
  const days = Math.floor((new Date(expiresAt).getTime() - now.getTime()) / dayMs);
  const end = `${words}; it expires on ${expiresAt.slice(0, 10)}.`;
  return days < 14 ? warning(end, "Make another in the console in time.") : ok(end);
}

async function versions(url: string, own: string): Promise<Verdict> {
  const answer = await ask(url, "/api/tenancy/openapi.json").catch(causeOf);
  if (typeof answer === "string") return unchecked(`It did not tell its own: ${answer}.`);
  if (!answer.ok) return unchecked(`It does not tell its own (status ${answer.status}).`);
  const document = (await answer.json()) as { info?: { version?: string } };
  const theirs = document.info?.version;
  if (theirs === own) return ok(`Both are ${own}.`);
  return warning(
    `This command line is ${own}, the installation ${theirs ?? "does not tell its own"}.`,
    "Use the command line of the installation's version: commands may lack what the other does not know.",
  );
}
