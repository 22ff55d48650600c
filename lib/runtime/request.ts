import type { HostQuery } from "./host";

/** A Fetch `Headers`, or the headers of Node's request. */
type HeaderSource = FetchHeaders | Readonly<Record<string, string | string[] | undefined>>;
type FetchHeaders = { get: (name: string) => string | null };

/**
 * What an app hands over: Node's IncomingMessage, a Fetch Request, or the same said plainly. A Fetch Request does not
 * know who sent it: where addresses matter, pass `{ url, method, headers, address, https }`.
 */
export type AppRequest = {
  readonly url?: string | undefined;
  readonly method?: string | undefined;
  readonly headers: HeaderSource;
  readonly rawHeaders?: readonly string[];
  readonly socket?: { readonly remoteAddress?: string | undefined; readonly encrypted?: boolean };
  /** Who is at the other end of the connection: the visitor, or a proxy. */
  readonly address?: string | null;
  readonly https?: boolean;
};

/** A request as the runtime sees it. What a proxy says of it counts only where that proxy is trusted. */
export type Visit = {
  readonly request: AppRequest;
  readonly method: string;
  /** The path as it was sent, with a slash before it and no query. */
  readonly path: string;
  /** The query with its question mark; empty when there is none. */
  readonly search: string;
  /** The Host header, or what a trusted proxy says that it was. */
  readonly host: string | undefined;
  /** What that host asks the registry for; null when no tenant can have such a name. */
  readonly asks: HostQuery | null;
  /** A header's value, several with commas between; undefined when there is none. */
  readonly header: (name: string) => string | undefined;
  /** Who sent the request, as far as it is known for sure. */
  readonly address: () => string | null;
  readonly https: () => boolean;
};

/** Where a request goes: what stands in its first line, or in a Fetch Request's URL. */
export type Target = { path: string; search: string; host?: string; https?: boolean };

const longest = 16_384;

/** Reads the target; null for what a browser never sends to a server: a whole URL, `*`, or one beyond all measure. */
export function targetOf({ url = "", headers }: AppRequest): Target | null {
  if (url.length > longest) return null;
  if (url.charCodeAt(0) === slash) {
    const mark = url.indexOf("?");
    return mark < 0 ? { path: url, search: "" } : { path: url.slice(0, mark), search: url.slice(mark) };
  }
  if (!isFetch(headers) || !URL.canParse(url)) return null;
  const { pathname, search, host, protocol } = new URL(url);
  return { path: pathname, search, host, https: protocol === "https:" };
}

const slash = 47;

function isFetch(headers: HeaderSource): headers is FetchHeaders {
  return typeof headers.get === "function";
}

/** One header of a request; Node's header names are lower-case. */
export function headerOf({ headers }: AppRequest, name: string): string | undefined {
  if (isFetch(headers)) return headers.get(name) ?? undefined;
  const value = headers[name];
  return typeof value === "string" || value === undefined ? value : value.join(", ");
}

/** The request's own host; null when it names several, of which another program could believe another one. */
export function ownHost(request: AppRequest, target: Target): string | undefined | null {
  const { rawHeaders = [] } = request;
  let named = 0;
  // Node keeps the first of several Host headers and says nothing of the others, except here.
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === "host") named++;
  }
  const host = headerOf(request, "host");
  // HTTP/2 says it by another name, which a Fetch `Headers` refuses to look up.
  const authority = isFetch(request.headers) ? undefined : headerOf(request, ":authority");
  if (named > 1 || host?.includes(",") || (host && authority && host !== authority)) return null;
  return host ?? authority ?? target.host;
}
