import type { Contract } from "@/lib/kernel/contract";

/** What an answer of a deprecated operation says of its end, as headers: RFC 9745, RFC 8594, and what to call instead. */
export function endOf({ id, deprecated }: Contract): Record<string, string> {
  if (!deprecated) return {};
  return {
    deprecation: `@${Date.parse(deprecated.since) / 1000}`,
    sunset: new Date(deprecated.sunset).toUTCString(),
    link: `</reference#${id}>; rel="deprecation"; type="text/html", <${deprecated.instead}>; rel="successor-version"`,
  };
}
