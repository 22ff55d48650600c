import { unicodeHost } from "@/lib/kernel/punycode";

const encoded = /(?:[a-z0-9-]+\.)*xn--[a-z0-9-]+(?:\.[a-z0-9-]+)*/g;

/** Words with each host name as people write it, and its form in DNS behind it, since letters can look alike. */
export function withWrittenHosts(words: string): string {
  return words.replace(encoded, (host) => {
    const written = unicodeHost(host);
    return written === host ? host : `${written} (${host})`;
  });
}
