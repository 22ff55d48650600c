import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** A range of IP addresses. `text` is its canonical form: `10.0.0.0/8`, and without a prefix when it is one address. */
export type AddressRange = { readonly text: string; readonly network: Address; readonly prefix: number };

/** A range, or in words for people why the text is none. */
export type ParsedRange = { ok: true; range: AddressRange } | { ok: false; reason: string };

/** Several ranges, or in words for people what is wrong with the first entry that is none. */
export type ParsedRanges = { ok: true; ranges: AddressRange[] } | { ok: false; reason: string };

/** An IP address in the one form that we keep and compare: no zone, IPv4 never dressed as IPv6; null when it is none. */
export function canonicalAddress(text: string): string | null {
  return addressOf(text)?.toString() ?? null;
}

/** Reads one address or CIDR range. */
export function parseCidr(text: string): ParsedRange {
  const trimmed = text.trim();
  const [base = "", length, ...more] = trimmed.split("/");
  const address = more.length === 0 && !base.includes("%") ? parsed(base) : undefined;
  if (!address)
    return refused(`"${shown(trimmed)}" is not an IP address or range, such as 10.0.0.0/8 or 2001:db8::/32.`);
  const bits = address.kind() === "ipv4" ? 32 : 128;
  if (length !== undefined && !(/^(0|[1-9]\d{0,2})$/.test(length) && Number(length) <= bits)) {
    return refused(`The part after the slash in "${shown(trimmed)}" must be a number from 0 to ${bits}.`);
  }
  const mapped = ipv4In(address);
  const prefix = length === undefined ? bits : Number(length);
  if (mapped && prefix >= 96) return rangeOf(mapped, prefix - 96, 32, trimmed);
  return rangeOf(address, prefix, bits, trimmed);
}

/** Reads a list with commas or line breaks between; empty entries count for nothing. */
export function parseAddressList(
  text: string,
  words: ReadonlyMap<string, readonly string[]> = new Map(),
): ParsedRanges {
  const ranges: AddressRange[] = [];
  for (const entry of text.split(/[,\n]/).map((part) => part.trim())) {
    if (entry === "") continue;
    for (const one of words.get(entry.toLowerCase()) ?? [entry]) {
      const result = parseCidr(one);
      if (!result.ok) return result;
      ranges.push(result.range);
    }
  }
  return { ok: true, ranges };
}

/** What the word `loopback` stands for in a list of addresses. */
export const loopbackWord: ReadonlyMap<string, readonly string[]> = new Map([["loopback", ["127.0.0.0/8", "::1/128"]]]);

/** Whether an address is in one of the ranges; what is no address is in none. */
export function addressIn(ranges: readonly AddressRange[], text: string): boolean {
  const address = addressOf(text);
  return address !== undefined && ranges.some((range) => contains(range, address));
}

/** Where a request comes from, for counting: an IPv4 address, or the network of an IPv6 address, of which a household has many. */
export function placeOf(address: string | null): string | null {
  if (address === null || !ipaddr.IPv6.isValid(address)) return address;
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`)}/64`;
}

function contains({ network, prefix }: AddressRange, address: Address): boolean {
  return network.kind() === address.kind() && address.match(network, prefix);
}

function addressOf(text: string): Address | undefined {
  const address = parsed(text.split("%", 1)[0] ?? "");
  return address && (ipv4In(address) ?? address);
}

/** The library also reads octal, hexadecimal and short forms, in which one text means different machines to different programs. */
function parsed(text: string): Address | undefined {
  if (text.length > 45) return undefined;
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  const dotted = text.includes(".") ? text.slice(text.lastIndexOf(":") + 1) : undefined;
  if (dotted !== undefined && (!ipaddr.IPv4.isValidFourPartDecimal(dotted) || text === `::${dotted}`)) return undefined;
  return ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text) : undefined;
}

function ipv4In(address: Address): ipaddr.IPv4 | undefined {
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? address.toIPv4Address() : undefined;
}

function rangeOf(address: Address, prefix: number, bits: number, given: string): ParsedRange {
  const network = firstOf(address, prefix);
  const text = prefix === bits ? network.toString() : `${network.toString()}/${prefix}`;
  if (network.toString() === address.toString()) return { ok: true, range: { text, network, prefix } };
  return refused(`"${shown(given)}" names an address inside a range. Did you mean ${text}?`);
}

function firstOf(address: Address, prefix: number): Address {
  const bytes = address.toByteArray().map((byte, index) => {
    const kept = Math.min(8, Math.max(0, prefix - index * 8));
    return byte & (0xff << (8 - kept)) & 0xff;
  });
  return ipaddr.fromByteArray(bytes);
}

function refused(reason: string): { ok: false; reason: string } {
  return { ok: false, reason };
}

/** A text from outside, made short and printable. */
function shown(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, "?").slice(0, 60);
}
