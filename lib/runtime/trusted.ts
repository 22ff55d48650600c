import { addressIn, canonicalAddress, loopbackWord, parseAddressList } from "@/lib/kernel/addresses";

/** Whether an address belongs to a proxy of ours. */
export type Trusts = (address: string | undefined | null) => boolean;

/** What trusted proxies say of a request. `host` is null when they contradict each other. */
export type Forwarded = { address: string | null; host: string | undefined | null; https: boolean | undefined };

type Header = (name: string) => string | undefined;
type Hop = { for: string | undefined; host: string | undefined | null; proto: string | undefined | null };

const mostRemembered = 1000;

/** Reads a list such as `["10.0.0.0/8", "loopback"]`. Throws, naming the entry, when one is no address or range. */
export function trustedProxies(list: readonly string[]): Trusts {
  const parsed = parseAddressList(list.join(","), loopbackWord);
  if (!parsed.ok) throw new Error(`trustedProxies: ${parsed.reason}`);
  if (parsed.ranges.length === 0) return () => false;
  const known = new Map<string, boolean>();
  return (address) => {
    if (!address) return false;
    const answer = known.get(address) ?? addressIn(parsed.ranges, address);
    if (known.size >= mostRemembered) known.clear();
    known.set(address, answer);
    return answer;
  };
}

/**
 * What the proxies before a trusted peer say, in X-Forwarded-* or in Forwarded (RFC 7239). Each entry is believed only
 * when a trusted proxy wrote it. A proxy sets one of the two and passes the other on as the visitor made it up: where
 * both stand there and differ, neither is believed.
 */
export function forwardedOf(header: Header, peer: string, trusts: Trusts): Forwarded {
  const some = withX(header, peer, trusts);
  const standard = withStandard(header, peer, trusts);
  if (!some || !standard) return some ?? standard ?? { address: peer, host: undefined, https: undefined };
  const agree = some.address === standard.address && (some.host ?? standard.host) === (standard.host ?? some.host);
  return agree ? { ...standard, ...some, host: some.host ?? standard.host } : { ...some, address: null, host: null };
}

function withX(header: Header, peer: string, trusts: Trusts): Forwarded | null {
  const [fors, hosts, protos] = ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"].map((name) =>
    listOf(header(name)),
  );
  if (!fors || !hosts || !protos || fors.length + hosts.length + protos.length === 0) return null;
  // One value was set by the last proxy; as many as there are addresses were added by each. All else is somebody's play.
  const at = (list: readonly string[], index: number) =>
    list.length <= 1 ? list[0] : list.length === fors.length ? list[index] : null;
  const hops: Hop[] = fors.map((one, index) => ({ for: one, host: at(hosts, index), proto: at(protos, index) }));
  if (hops.length === 0) return said({ host: at(hosts, 0), proto: at(protos, 0) }, peer);
  return walk(hops, peer, trusts);
}

function withStandard(header: Header, peer: string, trusts: Trusts): Forwarded | null {
  const text = header("forwarded");
  if (!text) return null;
  const hops = elementsOf(text);
  return hops ? walk(hops, peer, trusts) : { address: null, host: null, https: undefined };
}

/** From the peer backwards, for as long as the one who wrote an entry is trusted. */
function walk(hops: readonly Hop[], peer: string, trusts: Trusts): Forwarded {
  let sender: string | null = peer;
  let last: Hop | undefined;
  for (let index = hops.length - 1; index >= 0 && trusts(sender); index--) {
    last = hops[index];
    sender = canonicalAddress(bare(last?.for ?? ""));
  }
  return last ? said(last, sender) : { address: sender, host: undefined, https: undefined };
}

function said({ host, proto }: Omit<Hop, "for">, address: string | null): Forwarded {
  return { address, host, https: proto ? proto.toLowerCase() === "https" : undefined };
}

function listOf(text: string | undefined): string[] {
  return text === undefined ? [] : text.split(",").map((part) => part.trim());
}

/** An address without the port that some proxies add. */
function bare(text: string): string {
  return /^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1] ?? text;
}

const pair = /\s*([!#$%&'*+.^_`|~\w-]+)=(?:([!#$%&'*+.^_`|~\w:[\]-]+)|"((?:[^"\\]|\\.)*)")\s*(;|,|$)/y;

/** The elements of a Forwarded header; null when it is not written as RFC 7239 wants it, or says one thing twice. */
function elementsOf(text: string): Hop[] | null {
  const hops: Hop[] = [];
  let element = new Map<string, string>();
  for (pair.lastIndex = 0; pair.lastIndex < text.length; ) {
    const match = pair.exec(text);
    if (!match) return null;
    const [, name = "", token, quoted = "", end] = match;
    if (element.has(name.toLowerCase())) return null;
    element.set(name.toLowerCase(), token ?? quoted.replace(/\\(.)/g, "$1"));
    if (end === ";") continue;
    hops.push({ for: element.get("for"), host: element.get("host"), proto: element.get("proto") });
    element = new Map();
  }
  return hops.length > 0 ? hops : null;
}
