import fc from "fast-check";
import { permissions } from "@/lib/kernel/permissions";
import { broken, hostile, nearly, object, type Schema } from "./testing-arbitrary";
import { type Sent, wellFormed } from "./testing-fuzz";
import { type Described, isOfPeople, schemas } from "./testing-fuzz-document";
import { type World, who } from "./testing-fuzz-world";

export type Asked = Sent & { who: number };

/** What an operation is asked with so that it does something: a scene makes it. */
export type Given = {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: Record<string, unknown>;
  /** A body that is no JSON, with its type. */
  raw?: { type: string; body: string };
  who?: number;
};

/** Marks a value that is chosen when the request is sent, since ids are new in each run. */
const mark = (name: string, index: number): string => `@@${name}:${index}@@`;

const fixed: Record<string, fc.Arbitrary<unknown>> = {
  slug: fc.integer({ min: 0, max: 999 }).map((n) => `made-${n}`),
  email: fc.integer({ min: 0, max: 999 }).map((n) => `made${n}@made.example`),
  address: fc.integer({ min: 0, max: 999 }).map((n) => `made${n}@made.example`),
  hostname: fc.integer({ min: 0, max: 999 }).map((n) => `made${n}.fuzz.example`),
  domain: fc.constantFrom("", "shop.fuzz.example", "00000000-0000-0000-0000-000000000000"),
  host: fc.constantFrom("127.0.0.1", "localhost"),
  port: fc.constantFrom(1, 9),
  // Such as keep nobody out who asks here.
  network: fc.integer({ min: 1, max: 250 }).map((n) => `198.51.100.${n}`),
  expiresAt: fc.constantFrom(null, "2027-12-31T00:00:00.000Z"),
  role: fc.constantFrom("viewer", "operator", "admin"),
  tz: fc.constantFrom("UTC", "Europe/Vienna", "Asia/Kathmandu"),
  version: fc.integer({ min: 1, max: 3 }),
  tag: fc.constantFrom("pilot", "fuzz"),
  upTo: fc.constantFrom("20261121163000_shop", "20261121163100_page_views"),
  migration: fc.constant("20261121163100_page_views"),
  secondFactor: fc.constantFrom("true", "false"),
};

const lists: Record<string, fc.Arbitrary<unknown>> = {
  tags: fc.constantFrom([], ["pilot"], ["fuzz", "pilot"]),
  add: fc.constantFrom(["pilot"], ["late"]),
  remove: fc.constantFrom([], ["late"]),
  except: fc.constant([]),
  permissions: fc.subarray([...permissions], { minLength: 1, maxLength: 5 }),
  allowedAddresses: fc.constant(["192.0.2.0/24"]),
};

const named = /^(tenant|tenants|serverId|server|onServer|confirm|ids|server_id|tenant_ids|tenant_uuids)$/;

const known = (name: string, list: boolean): fc.Arbitrary<unknown> | undefined => {
  if (list && lists[name]) return lists[name];
  const one = named.test(name) ? fc.nat({ max: 7 }).map((index) => mark(name, index)) : fixed[name];
  return one && list ? fc.array(one, { minLength: 1, maxLength: 2 }) : one;
};
const sources = { schemas, known };

/** Puts ids in the place of marks, each eighth of which stays an id of nothing. */
function settle({ pool }: World, value: unknown): unknown {
  if (typeof value === "string") {
    return value.replace(/^@@([\w-]+):(\d)@@$/, (_, name: string, digit: string) => {
      const there = pool[name]?.() ?? [];
      const index = there.length === 0 ? 7 : Number(digit);
      return String(index === 7 ? "00000000-0000-7000-8000-00000000dead" : there[index % there.length]);
    });
  }
  if (Array.isArray(value)) return value.map((one) => settle({ pool } as World, one));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, settle({ pool } as World, member)]));
}

/** What a valid request would need an earlier answer for is left to the others. */
function without({ properties = {}, ...schema }: Schema): Schema {
  const apart = ["fields", "cursor", "limit", "from", "to", "granularity"];
  const rest = Object.entries(properties).filter(([name]) => !apart.includes(name));
  return { ...schema, properties: Object.fromEntries(rest) };
}

/** Tenants are named in one way of three. */
function oneWay(value: Record<string, unknown>): Record<string, unknown> {
  const { tenants: _, filter: __, savedFilter: ___, ...rest } = value;
  return "tenants" in value ? { ...rest, tenants: value.tenants } : value;
}

const headerValues: Record<string, readonly string[]> = {
  "idempotency-key": ["same", "x".repeat(201), "a b", "ключ".normalize()],
  "tenantry-version": ["2026-11-22", "1999-01-01", "latest", ""],
  "if-match": ["*", '"x"', 'W/"x"', "x", '"', ""],
  "if-none-match": ["*", '"x"', 'W/"x"', "nothing"],
  accept: ["application/json", "*/*", "text/html", "nonsense", "application/json;q=0"],
  "content-type": ["application/json", "text/plain", "application/json; charset=latin1", "multipart/form-data", ""],
  "user-agent": ["'; DROP TABLE x; --", "x".repeat(5000)],
  "x-forwarded-for": ["10.0.0.1", "not an address"],
};
const isByteString = (text: string) => /^[\t\x20-\x7e\x80-\xff]*$/.test(text);

const someHeaders = fc
  .subarray(Object.entries(headerValues), { maxLength: 2 })
  .chain((some) => fc.tuple(...some.map(([name, values]) => fc.constantFrom(...values).map((value) => [name, value]))))
  .map(
    (entries) => Object.fromEntries(entries.filter(([, value]) => isByteString(value ?? ""))) as Record<string, string>,
  );

const garbage = fc.constantFrom(
  ...["", "{", "[]", "null", '"x"', '{"a":', "\u0000", "x".repeat(1_000_001), '{"__proto__":{}}'],
);

/** Each input of an operation, by its name, and its JSON body, if it has one. */
function shapesOf({ path, parameters, requestBody }: Described) {
  const own = parameters.filter((one) => one.in === "path" || one.in === "query");
  const nouns = new Map([...path.matchAll(/([\w-]+)\/\{(\w+)\}/g)].map(([, noun, name]) => [name, noun ?? ""]));
  const idOf = (name: string, index: number): Schema => ({ const: mark(nouns.get(name) ?? "", index) });
  const input: Schema = {
    properties: Object.fromEntries(
      own.map(({ name, schema, in: place }) => [
        name,
        place === "path" && name !== "action"
          ? { anyOf: [idOf(name, 0), idOf(name, 1), idOf(name, 0), schema] }
          : schema,
      ]),
    ),
    required: own.filter(({ required }) => required).map(({ name }) => name),
  };
  const inPath = own.filter((one) => one.in === "path").map(({ name }) => name);
  return { input, inPath, body: requestBody?.content["application/json"]?.schema };
}

/** Who asks at random: mostly whoever may. */
function callersOf(one: Described): number[] {
  const { program, someTenantsProgram, person, nobody } = who;
  if (isOfPeople(one)) return [person, person, person, person, program, nobody];
  return [...Array(6).fill(program), someTenantsProgram, someTenantsProgram, person, nobody];
}

/** The request that a scene gave, by who may ask it. */
export function exact(
  one: Described,
  given: Given,
  by = given.who ?? (isOfPeople(one) ? who.person : who.program),
): Asked {
  const writes = one.method !== "GET" && one.method !== "DELETE";
  const { params = {}, query = {}, raw } = given;
  const body = raw?.body ?? JSON.stringify(given.body ?? {});
  const headers: Record<string, string> = writes ? { "content-type": raw?.type ?? "application/json" } : {};
  return { path: one.path, method: one.method, params, query, body: writes ? body : undefined, headers, who: by };
}

/** Asks for nothing but what the path names, which is there. */
export function plain(one: Described, world: World): Given {
  const { input, inPath } = shapesOf(one);
  const first = inPath.map((name) => [name, input.properties?.[name]?.anyOf?.[0]?.const]);
  return { params: settle(world, Object.fromEntries(first)) as Record<string, string> };
}

/** Requests at random: valid ones, nearly valid and hostile ones, and where a scene gave one, that one with something wrong in it. */
export function requests(one: Described, world: World, given?: Given): fc.Arbitrary<Asked> {
  const { input, inPath, body } = shapesOf(one);
  const anybody = fc.constantFrom(...callersOf(one));
  const shaped = (make: (schema: Schema) => fc.Arbitrary<Record<string, unknown>>) =>
    fc.tuple(
      make(input),
      body ? make(body).map((value) => JSON.stringify(settle(world, oneWay(value)))) : fc.constant("{}"),
    );
  const plain = fc.constant({});
  const kinds = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.tuple(
        shaped((schema) => object(without(schema), sources)),
        plain,
      ),
    },
    {
      weight: 3,
      arbitrary: fc.tuple(
        shaped((schema) => nearly(schema, sources)),
        plain,
      ),
    },
    { weight: 2, arbitrary: fc.tuple(shaped(broken), someHeaders) },
    { weight: 1, arbitrary: fc.tuple(fc.tuple(object(input, sources), garbage), someHeaders) },
  );
  const made = fc.tuple(kinds, anybody).map(([[[values, text], headers], by]): Asked => {
    const settled = settle(world, values) as Record<string, unknown>;
    const params = Object.fromEntries(inPath.map((name) => [name, segment(settled[name])]));
    const query = Object.fromEntries(Object.entries(settled).filter(([name]) => !(name in params)));
    const asked = exact(one, { params, query }, by);
    return { ...asked, body: asked.body && text, headers: { ...asked.headers, ...headers } };
  });
  if (!given) return made;
  const off = fc.tuple(spoilt(given), someHeaders, anybody);
  const spoiltOnes = off.map(([wrong, headers, by]) => {
    const asked = exact(one, wrong, by);
    return { ...asked, headers: { ...asked.headers, ...headers } };
  });
  return fc.oneof({ weight: 3, arbitrary: made }, { weight: 1, arbitrary: spoiltOnes });
}

/** What a scene gave, with one value in it that nobody expects. */
function spoilt(given: Given): fc.Arbitrary<Given> {
  const places = (["params", "query", "body"] as const).flatMap((place) =>
    Object.keys(given[place] ?? {}).map((name) => [place, name] as const),
  );
  if (places.length === 0) return hostile.map((value) => ({ ...given, query: { unexpected: value } }));
  return fc.tuple(fc.constantFrom(...places), hostile).map(([[place, name], value]) => {
    return { ...given, [place]: { ...given[place], [name]: place === "params" ? segment(value) : value } };
  });
}

/** A value as a part of an address: neither nothing nor dots, which lead elsewhere. */
function segment(value: unknown): string {
  const text = wellFormed(typeof value === "object" ? (JSON.stringify(value) ?? "x") : String(value ?? "x"));
  return /^\.*$/.test(text) ? "x" : text;
}
