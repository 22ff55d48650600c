import { ApiError, problemOf, unreachable } from "./api-error";
import { type Operations, routes } from "./generated";
import { retried } from "./retry";

export type OperationId = keyof Operations;
export type InputOf<K extends OperationId> = Operations[K]["input"];
export type OutputOf<K extends OperationId> = Operations[K]["output"];

/** The operations that answer a page and, as `next`, where the following one begins. */
export type PagedId = { [K in OperationId]: OutputOf<K> extends { next: string | null } ? K : never }[OperationId];

export type ClientOptions = {
  /** The installation's address, such as https://console.example.com; with a path, where it stands below one. */
  url: string;
  /** An API key; without one, only what is public answers. */
  key?: string | undefined;
  /** The version of the API that is asked for, as a date; the newest unless told. */
  version?: string;
  /** Sends requests in place of the built-in fetch. */
  fetch?: typeof fetch;
  /** Ends every request of this client. */
  signal?: AbortSignal;
  /** How often something that is safe to repeat is sent again after 429, 503 or a lost connection; 2 unless told. */
  retries?: number;
};

export type SendOptions = {
  signal?: AbortSignal;
  /** Act only if the resource still has this ETag; otherwise the answer is 412. */
  ifMatch?: string;
  /** Sent with a POST; made by itself unless told, so that sending again never acts twice. */
  idempotencyKey?: string;
};

/** An answer with its ETag, where it has one. */
export type Answer<T> = { value: T; etag: string | null };

/** A file that is read while it arrives. */
export type FileAnswer = { name: string | null; contentType: string; body: ReadableStream<Uint8Array> };

/** What can be uploaded; what arrives piece by piece is sent only once. */
export type FileBody = Uint8Array<ArrayBuffer> | Blob | AsyncIterable<Uint8Array>;

export type UploadOptions = SendOptions & { type?: string };

export type Client = {
  /** Calls an operation by its id. Throws `ApiError`. */
  send<K extends OperationId>(id: K, input: InputOf<K>, options?: SendOptions): Promise<OutputOf<K>>;
  /** As `send`, and tells the answer's ETag for a later `ifMatch`. */
  read<K extends OperationId>(id: K, input: InputOf<K>, options?: SendOptions): Promise<Answer<OutputOf<K>>>;
  /** The pages of a list, one after another, from `cursor` on. */
  pages<K extends PagedId>(id: K, input: InputOf<K>, options?: SendOptions): AsyncGenerator<OutputOf<K>, void, void>;
  /** Calls an operation that takes a file as it is; `type` is its kind, the first that the operation takes unless told. */
  upload<K extends OperationId>(id: K, file: FileBody, options?: UploadOptions): Promise<OutputOf<K>>;
  /** Calls an operation that answers with a file. */
  download<K extends OperationId>(id: K, input: InputOf<K>, options?: SendOptions): Promise<FileAnswer>;
};

/**
 * A client of one installation's API. Throws a TypeError, which quotes nothing of them, for a key or an address that can't
 * be sent.
 */
export function createClient(options: ClientOptions): Client {
  checkOptions(options);
  const ask = (id: OperationId, input: object, more: SendOptions = {}) =>
    request(options, id, partsOf(id, input), more);
  async function read<K extends OperationId>(id: K, input: InputOf<K>, more?: SendOptions) {
    const response = await ask(id, input, more);
    return { value: (await response.json()) as OutputOf<K>, etag: response.headers.get("etag") };
  }
  return {
    read,
    send: async (id, input, more) => (await read(id, input, more)).value,
    async *pages<K extends PagedId>(id: K, input: InputOf<K>, more?: SendOptions) {
      let cursor: string | null = null;
      do {
        const page: Answer<OutputOf<K>> = await read(id, cursor === null ? input : { ...input, cursor }, more);
        yield page.value;
        cursor = (page.value as { next: string | null }).next;
      } while (cursor !== null);
    },
    async upload<K extends OperationId>(id: K, file: FileBody, more: UploadOptions = {}) {
      const type = more.type ?? routes[id].takes?.[0] ?? "application/octet-stream";
      const response = await request(options, id, { target: routes[id].path, body: file, type }, more);
      return (await response.json()) as OutputOf<K>;
    },
    async download(id, input, more) {
      const { headers, body } = await ask(id, input, more);
      const name = /filename="([^"]+)"/.exec(headers.get("content-disposition") ?? "")?.[1] ?? null;
      return { name, contentType: headers.get("content-type") ?? "", body: body ?? new ReadableStream() };
    },
  };
}

function checkOptions({ url, key }: ClientOptions): void {
  if (key !== undefined && !/^[\x21-\x7e]+$/.test(key))
    throw new TypeError("The key is not one: keys are of letters, digits and underscores, on one line.");
  if (!URL.canParse(url)) throw new TypeError("The url is not an address such as https://console.example.com.");
  const { username, password } = new URL(url);
  if (username !== "" || password !== "")
    throw new TypeError("The url holds a user name or password, which the API does not take: give a key instead.");
}

/** What is sent where; the target is a path with its query. */
type Parts = { target: string; body: string | FileBody | undefined; type: string };

function partsOf(id: OperationId, input: object): Parts {
  const { method, path, query = [] } = routes[id];
  const { filled, rest } = fill(path, input);
  const inBody = method !== "GET" && method !== "DELETE";
  const asked = new URLSearchParams();
  for (const [name, value] of rest.filter(([name]) => !inBody || query.includes(name))) {
    for (const item of [value].flat()) asked.append(name, String(item));
  }
  const told = rest.filter(([name]) => !query.includes(name));
  const body = inBody ? JSON.stringify(Object.fromEntries(told)) : undefined;
  return { target: asked.size > 0 ? `${filled}?${asked}` : filled, body, type: "application/json" };
}

async function request(client: ClientOptions, id: OperationId, parts: Parts, more: SendOptions): Promise<Response> {
  const { method } = routes[id];
  const { target, body, type } = parts;
  const headers = headersOf(client, method, more, body === undefined ? undefined : type);
  const streamed = typeof body === "object" && Symbol.asyncIterator in body;
  // Done and its answer lost, a change by If-Match would meet its own new state.
  const repeatable = method !== "PATCH" && more.ifMatch === undefined && !streamed;
  const signals = [client.signal, more.signal].filter((one) => one !== undefined);
  const signal = signals.length > 0 ? AbortSignal.any(signals) : undefined;
  return await retried(repeatable ? (client.retries ?? 2) : 0, signal, async () => {
    const sent = body === undefined ? {} : { body: body as BodyInit, ...(streamed && { duplex: "half" }) };
    // Whoever is redirected to must not get what was sent here.
    const init = { method, headers, redirect: "manual" as const, ...sent, ...(signal && { signal }) };
    const response = await (client.fetch ?? fetch)(addressOf(client.url, target), init).catch((cause: unknown) => {
      throw signal?.aborted ? cause : unreachable(client.url, cause);
    });
    if (response.ok) return response;
    throw new ApiError(response.status, await problemOf(response));
  });
}

/** Below the path that the installation's address has. By its parts: a path that begins with "//" would be a host's name. */
function addressOf(url: string, target: string): URL {
  const address = new URL(url);
  const [path = "", query = ""] = target.split("?");
  address.pathname = address.pathname.replace(/\/*$/, "") + path;
  address.search = query;
  address.hash = "";
  return address;
}

/** The path with its parameters, and what of the input it left. */
function fill(path: string, input: object): { filled: string; rest: [string, unknown][] } {
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  const values = new Map<string, unknown>(given);
  const used = new Set<string>();
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    used.add(name);
    const value = String(values.get(name) ?? "");
    // An address with nothing there, or with dots, is another operation's.
    if (/^\.{0,2}$/.test(value)) throw new TypeError(`"${value}" can't stand for ${name} in an address.`);
    return encodeURIComponent(value);
  });
  return { filled, rest: given.filter(([name]) => !used.has(name)) };
}

function headersOf(
  { key, version }: ClientOptions,
  method: string,
  more: SendOptions,
  type: string | undefined,
): Headers {
  const headers = new Headers({ accept: "*/*" });
  if (type !== undefined) headers.set("content-type", type);
  if (key !== undefined) headers.set("authorization", `Bearer ${key}`);
  if (version !== undefined) headers.set("tenantry-version", version);
  if (more.ifMatch !== undefined) headers.set("if-match", more.ifMatch);
  if (method === "POST") headers.set("idempotency-key", more.idempotencyKey ?? crypto.randomUUID());
  return headers;
}
