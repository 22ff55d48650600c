import { readFileSync } from "node:fs";
import type { ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

/** An answer of the API, as far as the document speaks of it. */
export type Told = {
  method: string;
  url: string;
  status: number;
  headers: Headers;
  /** Its body; undefined where that could not be read, and only the rest is held. */
  text: string | undefined;
  /** The document's path, where the address alone does not say which it is. */
  path?: string;
};

type Json = Record<string, unknown>;
type Described = { $ref?: string; headers?: Json; content?: Record<string, { schema: Json }> };
type Operation = { operationId: string; responses: Record<string, Described> };
type Found = { operation: Operation; pointer: string };

/** Headers that an answer only has when something is so: a limit counted, the answer was given before. */
const sometimes = new Set(["RateLimit", "RateLimit-Policy", "Idempotency-Replayed", "Link", "Retry-After"]);

const doc = "https://tenantry.example/document";
let loaded: ReturnType<typeof load> | undefined;

function load() {
  const text = readFileSync("docs/openapi.json", "utf8");
  const document = JSON.parse(text) as { paths: Record<string, Record<string, Operation>>; components: Json };
  const paths = Object.keys(document.paths).map((path) => ({
    path,
    pattern: new RegExp(`^${path.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]+")}$`),
    parameters: path.split("{").length,
  }));
  // An address without parameters comes before one whose parameter would match it.
  paths.sort((one, other) => one.parameters - other.parameters);
  const byId = new Map<string, Found>();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      byId.set(operation.operationId, { operation, pointer: `#/paths/${escaped(path)}/${method}` });
    }
  }
  const whole = ajvOf(document);
  let part: Ajv2020 | undefined;
  const relaxed = () => {
    part ??= ajvOf(
      JSON.parse(text, (key, value) => (key === "required" && Array.isArray(value) ? [] : value)) as object,
    );
    return part;
  };
  return { document, paths, byId, whole, relaxed };
}

function ajvOf(document: object, unicodeRegExp = false): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, validateSchema: false, validateFormats: true, unicodeRegExp });
  addFormats.default(ajv);
  ajv.addSchema({ ...document, $id: doc });
  return ajv;
}

const escaped = (key: string): string => encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));

const compiled = new WeakMap<Ajv2020, Map<string, ValidateFunction>>();

function validator(ajv: Ajv2020, pointer: string): ValidateFunction {
  const known = compiled.get(ajv) ?? new Map<string, ValidateFunction>();
  compiled.set(ajv, known);
  const made = known.get(pointer) ?? ajv.compile({ $ref: `${doc}${pointer}` });
  known.set(pointer, made);
  return made;
}

/** What is wrong with an operation's output, by the document; undefined when nothing is, or it is none of the document's. */
export function wrongOutput(id: string, status: number, output: unknown): string | undefined {
  loaded ??= load();
  const found = loaded.byId.get(id);
  if (!found?.operation.responses[status]?.content?.["application/json"]) return undefined;
  const pointer = `${found.pointer}/responses/${status}/content/application~1json/schema`;
  return wrong(validator(loaded.whole, pointer), JSON.parse(JSON.stringify(output)), `${id} answers`);
}

/** What is wrong with an answer, by the document: its status, its headers, its type, its body. */
export function wrongAnswer(told: Told): string | undefined {
  loaded ??= load();
  const { pathname, searchParams } = new URL(told.url, "http://localhost");
  const path = told.path ?? loaded.paths.find(({ pattern }) => pattern.test(pathname))?.path ?? "";
  const operation = loaded.document.paths[path]?.[told.method === "HEAD" ? "get" : told.method.toLowerCase()];
  const name = `${told.method} ${pathname} → ${told.status}`;
  // Addresses and methods that the document does not have are refused by one form.
  if (!operation) return [404, 405].includes(told.status) ? undefined : `${name}: the document has no such operation`;
  const own = operation.responses[told.status];
  if (!own)
    return `${name}: the document has no such status for ${operation.operationId}: ${told.text?.slice(0, 300) ?? ""}`;
  const pointer = own.$ref ?? `#/paths/${escaped(path)}/${told.method.toLowerCase()}/responses/${told.status}`;
  const response = own.$ref ? (at(loaded.document, own.$ref) as Described) : own;
  const missing = Object.keys(response.headers ?? {}).find((one) => !sometimes.has(one) && !told.headers.has(one));
  if (missing) return `${name}: the header ${missing} is missing`;
  if (told.method === "HEAD" || !response.content) return undefined;
  const type = (told.headers.get("content-type") ?? "").split(";", 1)[0] ?? "";
  if (!response.content[type]) return `${name}: the document knows no answer of the type ${type}`;
  if (told.text === undefined || !/json$/.test(type) || type === "application/jsonl") return undefined;
  const ajv = searchParams.has("fields") && told.status === 200 ? loaded.relaxed() : loaded.whole;
  return wrong(validator(ajv, `${pointer}/content/${escaped(type)}/schema`), JSON.parse(told.text), name);
}

/** What is wrong with the document's own examples, each held against the schema beside it; and how many there are. */
export function wrongExamples(): { examples: number; wrong: string[] } {
  loaded ??= load();
  const { document } = loaded;
  // Of characters by their kind, which is how a client in JSON Schema's own words reads patterns.
  const ajv = ajvOf(document, true);
  const wrongs: string[] = [];
  let examples = 0;
  const walk = (value: unknown, pointer: string) => {
    if (typeof value !== "object" || value === null) return;
    const { example, schema } = value as Json;
    if (example !== undefined && schema !== undefined) {
      examples++;
      const told = wrong(validator(ajv, `${pointer}/schema`), example, `the example at ${pointer}`);
      if (told !== undefined) wrongs.push(told);
    }
    for (const [key, member] of Object.entries(value)) walk(member, `${pointer}/${escaped(key)}`);
  };
  walk(document, "#");
  return { examples, wrong: wrongs };
}

function at(document: object, ref: string): unknown {
  return ref
    .slice(2)
    .split("/")
    .reduce<unknown>((value, key) => (value as Json)[key], document);
}

function wrong(validate: ValidateFunction, value: unknown, name: string): string | undefined {
  if (validate(value)) return undefined;
  const errors = (validate.errors ?? []).slice(0, 3).map(({ instancePath, message, params }) => {
    return `at ${instancePath || "the root"}: ${message} ${JSON.stringify(params)}`;
  });
  return `${name}: it is not as docs/openapi.json says (${errors.join("; ")})`;
}
