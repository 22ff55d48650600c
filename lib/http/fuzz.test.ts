import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { claimRemote, remoteHeader } from "@/lib/platform/front-token";
import { hostileTexts } from "./testing-arbitrary";
import { wrongAnswer } from "./testing-conformance";
import { digests, leakIn, send } from "./testing-fuzz";
import { type Described, isCallable, isOfPeople, operations, readerOf, takesIfMatch } from "./testing-fuzz-document";
import { type Asked, exact, type Given, plain, requests } from "./testing-fuzz-requests";
import { scenes } from "./testing-fuzz-scenes";
import { fuzzWorld, type World, who } from "./testing-fuzz-world";

/**
 * Every operation of the document is asked with inputs made from its own schema: valid ones, nearly valid ones and hostile
 * ones, and where it needs something to be there first, with what a scene made for it. FUZZ_RUNS: how many of each
 * operation; FUZZ_SEED: the run to repeat; FUZZ_TRACE: tell what was refused.
 */
const runs = Number(process.env.FUZZ_RUNS ?? 9);
const seed = Number(process.env.FUZZ_SEED ?? 20261122);

/** What no program gets done here, and why. */
const unreached: Record<string, string> = Object.fromEntries(
  operations
    .filter(({ operationId }) => operationId.startsWith("compat.notOffered."))
    .map(({ operationId }) => [operationId, "Tenantry has no such thing, and says so by 501."]),
);

let world: World;
let folder = "";
let last: Record<string, string> | undefined;
const succeeded = new Set<string>();
let asked = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenantry-fuzz-"));
  process.env.EXPORT_DIR = folder;
  process.env.REPORT_DIR = folder;
  // Nobody listens there: what is asked of it is told, and no mail leaves.
  Object.assign(process.env, { SMTP_URL: "smtp://127.0.0.1:9", MAIL_FROM: "reports@fuzz.example" });
  process.env.LAKE_DIR = folder;
  world = await fuzzWorld();
}, 60_000);
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

/** An address that has not asked often: the door counts what each asks in a minute, and who gets its sign-in wrong. */
const elsewhere = () => ({
  [remoteHeader]: claimRemote(`10.9.${Math.floor(asked / 4000)}.${Math.floor(asked / 20) % 200}`),
});

/** Where something that the input names is truly not there to be reached: 503 is the truth then. */
const reachesOut = /^(servers\.|tenants\.adopt|domains\.verify|isolation\.check)/;

/** Addresses of another product's API that say, by its status for it, that there is no such thing here. */
const notOffered = /^compat\./;

type Held = { status: number; words: string };

/** Asks, with the second factor proven where it is asked for, and holds what came of it to all that is always so. */
async function hold({ operationId }: Described, asking: Asked): Promise<Held> {
  const { client, callers, secrets } = world;
  const before = last ?? (await digests(client));
  const one = { ...asking, headers: { ...elsewhere(), ...callers[asking.who], ...asking.headers } };
  let { url, response, text } = await send(one);
  const proof = response.status === 403 ? /"confirm":"([0-9a-f]{64})"/.exec(text)?.[1] : undefined;
  if (proof) {
    await world.prove(proof);
    ({ url, response, text } = await send(one));
  }
  asked++;
  const { status, headers } = response;
  const words = `${one.method} ${url.slice(0, 300)} → ${status} ${text.slice(0, 400)}`;
  const truly = status === 503 ? reachesOut : notOffered;
  if (status >= 500) expect([501, 503].includes(status) && truly.test(operationId), words).toBe(true);
  expect(wrongAnswer({ method: one.method, url, status, headers, text, path: one.path })).toBeUndefined();
  // The document speaks of what answers never speak of.
  if (operationId !== "openapi.show") expect(leakIn(text, secrets), words).toBeUndefined();
  if (status < 300) succeeded.add(operationId);
  else if (process.env.FUZZ_TRACE) console.log(`${operationId}: ${words}`);
  const after = await digests(client);
  last = after;
  const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
  const requestId = headers.get("x-request-id");
  const { rows } = await client.query("SELECT outcome FROM audit_events WHERE request_id = $1", [requestId]);
  if (changed.some((name) => ["api_keys", "users", "ip_rules", "tenants"].includes(name))) {
    await world.letCallersIn();
    last = await digests(client);
  }
  const done = rows.some(({ outcome }) => outcome === "done");
  if (changed.length > 0) expect(done, `${words} changed ${changed} and the trail does not know`).toBe(true);
  if (one.method === "GET") expect(changed, words).toEqual([]);
  if (status >= 400) expect(changed, `${words} was refused and changed something`).toEqual([]);
  return { status, words };
}

/** What would be done is not: for keys that ended, nor for who has every permission but the one that it takes. */
async function holdRefusals(one: Described, given: Given): Promise<void> {
  const { expired, revoked } = world.refused;
  const { key, person } = await world.without(one["x-access"] ?? "");
  last = await digests(world.client);
  const ask = async (headers: Record<string, string>, wanted: number) => {
    const asking = exact(one, given, who.nobody);
    const { status, words } = await hold(one, { ...asking, headers: { ...asking.headers, ...headers } });
    expect(status, words).toBe(wanted);
  };
  await ask(expired, 401);
  await ask(revoked, 401);
  await ask(key, 403);
  await ask(person, 403);
}

/** The ETag of what a change is about, which it then names in If-Match. */
async function readTag(one: Described, given: Given): Promise<Record<string, string>> {
  const reader = takesIfMatch(one) ? readerOf(one) : undefined;
  if (!reader) return {};
  const { params = {} } = given;
  const asking = exact(reader, { params }, isOfPeople(reader) ? who.person : who.program);
  const { response } = await send({ ...asking, headers: { ...elsewhere(), ...world.callers[asking.who] } });
  const tag = response.headers.get("etag");
  return tag === null ? {} : { "if-match": tag };
}

describe(`every operation, asked ${runs} times from its own schema (FUZZ_SEED=${seed})`, () => {
  test("no hostile text is what a leak is known by", () => {
    for (const text of hostileTexts) expect(leakIn(text, [])).toBeUndefined();
  });

  test.each(operations.map((one, index) => [one.operationId, one, seed + index] as const))(
    "%s",
    async (id, one, own) => {
      await world.signIn();
      const scene = await scenes[id]?.(world);
      await world.findKept();
      const given = scene ?? plain(one, world);
      last = await digests(world.client);
      if (isCallable(one)) await holdRefusals(one, given);
      if (isCallable(one) && !(id in unreached)) {
        const asking = exact(one, given);
        const { status, words } = await hold(one, {
          ...asking,
          headers: { ...asking.headers, ...(await readTag(one, given)) },
        });
        expect(status, words).toBeLessThan(300);
      }
      const property = fc.asyncProperty(requests(one, world, scene), async (asking) => void (await hold(one, asking)));
      await fc.assert(property, { seed: own, numRuns: runs, endOnFailure: true });
    },
    600_000,
  );

  test("every operation that a program may call was reached behind its form, but for those that are told", () => {
    const callable = operations.filter(isCallable).map(({ operationId }) => operationId);
    const missing = callable.filter((id) => !succeeded.has(id));
    console.log(
      `fuzz: ${asked} requests; ${callable.length - missing.length} of ${callable.length} operations of programs were done`,
    );
    expect(missing.sort()).toEqual(Object.keys(unreached).sort());
  });
});
