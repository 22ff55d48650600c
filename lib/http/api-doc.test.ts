import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { problems } from "@/lib/kernel/errors";
import { keyPermissions } from "@/lib/kernel/permissions";
import { createKey } from "@/lib/keys/create-key";
import { stopCounting } from "@/lib/keys/rate-limit";
import { stopLive } from "@/lib/metrics/live";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { ask } from "./testing-door";
import { newest, versions } from "./versions";

const page = readFileSync("docs/api.md", "utf8");
/** Each example of the guide: a call by curl, and the answer as it stands there. */
const examples = [...page.matchAll(/```sh\n(curl [\s\S]*?)\n```\n```http\n([\s\S]*?)\n```/g)].map((match, index) => ({
  name: `${index + 1}: ${String(match[1]).split("\n")[0]}`,
  call: String(match[1]),
  answer: String(match[2]),
}));

let control: TestControl;
const known: Record<string, string> = { URL: "http://localhost:3000" };
beforeAll(async () => {
  control = await testControl();
  const [acme] = [
    await control.makeTenant("acme"),
    await control.makeTenant("birch"),
    await control.makeTenant("cedar"),
  ];
  const server = await controlDb().server.findFirstOrThrow();
  const rights = { permissions: [...keyPermissions], scope: { kind: "all" as const } };
  const { secret } = await perform(createKey, as("system"), { name: "script", ...rights });
  Object.assign(known, { KEY: secret, TENANT: acme.id, SERVER: server.id });
});
afterAll(async () => {
  stopLive();
  await stopCounting();
  await control.close();
});

type Call = { method: string; url: string; headers: Record<string, string>; body?: string };

/** What curl would send for a command line: of its options those that the guide uses. */
function readCall(line: string): Call {
  const words = wordsOf(line).slice(1);
  const call: Call = { method: "GET", url: "", headers: {} };
  const data: string[] = [];
  let inQuery = false;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    const value = () => words[++index] ?? "";
    if (word === "-X") call.method = value();
    else if (word === "-H") Object.assign(call.headers, headerOf(value()));
    else if (word === "-d") data.push(value());
    else if (word === "--data-urlencode")
      data.push(value().replace(/=(.*)$/, (_, text) => `=${encodeURIComponent(text)}`));
    else if (word === "-G") inQuery = true;
    else if (word === "-o") value();
    else if (word.startsWith("-")) expect(["-i", "-N"], `curl's ${word}`).toContain(word);
    else call.url = word;
  }
  if (inQuery) call.url += `?${data.join("&")}`;
  else if (data.length > 0) call.body = data.join("&");
  return call;
}

function headerOf(text: string): Record<string, string> {
  const colon = text.indexOf(":");
  return { [text.slice(0, colon).toLowerCase()]: text.slice(colon + 1).trim() };
}

/** A command line's words as a shell reads them: quotes, escapes, and `$NAME` outside of single quotes. */
function wordsOf(line: string): string[] {
  const joined = line.replaceAll("\\\n", " ");
  const pieces = /'([^']*)'|"((?:\\.|[^"\\])*)"|([^\s'"]+)|(\s+)/g;
  const words = [""];
  for (const [, single, double, bare, space] of joined.matchAll(pieces)) {
    if (space !== undefined) words.push("");
    else words[words.length - 1] += single ?? filled((double ?? bare ?? "").replace(/\\(["\\$])/g, "$1"));
  }
  return words.filter((word) => word !== "");
}

function filled(text: string): string {
  return text.replace(/\$([A-Z]+)/g, (_, name: string) => {
    const value = known[name];
    if (value === undefined) throw new Error(`the guide uses $${name}, which nothing set`);
    return value;
  });
}

/** What stands in the guide, where `…` is anything. */
function expectation(value: unknown): unknown {
  if (value === "…") return expect.anything();
  if (Array.isArray(value)) return value.map(expectation);
  if (typeof value !== "object" || value === null) return value;
  return expect.objectContaining(
    Object.fromEntries(Object.entries(value).map(([name, member]) => [name, expectation(member)])),
  );
}

const asPattern = (text: string) =>
  new RegExp(
    `^${text
      .split("…")
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join(".+")}$`,
  );

describe("each example of the guide to the API is answered as it says there", () => {
  test.each(examples)("$name", async ({ call, answer }) => {
    const { method, url, ...question } = readCall(call);
    const response = await ask(method, url, question);
    const [head = "", ...rest] = answer.split("\n\n");
    const [status = "", ...headers] = head.split("\n");
    const stream = response.headers.get("content-type")?.startsWith("text/event-stream");
    if (stream) await response.body?.cancel();
    const text = stream ? "" : await response.text();
    expect(response.status, text).toBe(Number(status.split(" ")[1]));
    for (const header of headers) {
      const [[name, value]] = Object.entries(headerOf(header)) as [[string, string]];
      expect(response.headers.get(name), name).toMatch(asPattern(value));
    }
    if (rest.length > 0) expect(JSON.parse(text)).toEqual(expectation(JSON.parse(rest.join("\n\n"))));
    remember(response, text);
  });
});

/** Where a page goes on and a change begins, for the examples that follow. */
function remember(response: Response, text: string): void {
  const etag = response.headers.get("etag");
  if (etag !== null) known.ETAG = etag;
  const next = /"next":"([^"]+)"/.exec(text)?.[1];
  if (next !== undefined) known.NEXT = next;
}

test("no call by curl stands in the guide without its answer", () => {
  expect(examples).toHaveLength(page.match(/^curl /gm)?.length ?? 0);
  expect(examples.length).toBeGreaterThan(15);
});

test("the guide's table of problems is the code's, and its table of versions too", () => {
  const rows = [...page.matchAll(/^\| (\d{3}) \| `(\w+)` \|/gm)].map((match) => [Number(match[1]), match[2]]);
  const all = Object.entries(problems).map(([code, { status }]) => [status, code] as const);
  expect(rows).toEqual(all.sort(([one], [other]) => one - other));
  expect([...page.matchAll(/^\| (\d{4}-\d\d-\d\d) \|/gm)].map((match) => match[1])).toEqual(versions);
  expect(page).toContain(`tenantry-version: ${newest}`);
});
