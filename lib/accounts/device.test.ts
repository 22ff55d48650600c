import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { addressIn, loopbackWord, parseAddressList } from "@/lib/kernel/addresses";
import { claimRemote, remoteHeader } from "@/lib/platform/front-token";
import { deviceOf, senderOf } from "./device";

vi.stubEnv("DATABASE_URL", "postgresql://nobody@localhost/none");
vi.stubEnv("TENANTRY_SECRET_KEY", Buffer.alloc(32).toString("base64"));

const list = (text: string) => {
  const result = parseAddressList(text, loopbackWord);
  return result.ok ? result.ranges : [];
};
const proxies = list("loopback, 10.0.0.0/8");

test.each([
  ["nobody is trusted", "203.0.113.9", "6.6.6.6", [], "203.0.113.9"],
  ["a sender who is no proxy says what it likes", "203.0.113.9", "6.6.6.6", proxies, "203.0.113.9"],
  ["a proxy tells whom it saw", "127.0.0.1", "203.0.113.9", proxies, "203.0.113.9"],
  ["what the sender wrote before is not believed", "127.0.0.1", "6.6.6.6, 203.0.113.9", proxies, "203.0.113.9"],
  ["proxies in a row are skipped", "127.0.0.1", "6.6.6.6, 203.0.113.9, 10.1.1.1", proxies, "203.0.113.9"],
  ["nothing but proxies", "127.0.0.1", "10.0.0.2, 10.0.0.1", proxies, "10.0.0.2"],
  ["no header", "127.0.0.1", null, proxies, "127.0.0.1"],
  ["an empty header", "127.0.0.1", "", proxies, "127.0.0.1"],
  ["garbage ends the walk", "127.0.0.1", "203.0.113.9, unknown, 10.0.0.1", proxies, "10.0.0.1"],
  ["a port is garbage", "127.0.0.1", "203.0.113.9:4711", proxies, "127.0.0.1"],
  ["IPv4 dressed as IPv6", "127.0.0.1", "::ffff:203.0.113.9, ::ffff:10.0.0.1", proxies, "203.0.113.9"],
  ["a zone is dropped", "127.0.0.1", "FE80::1%eth0", proxies, "fe80::1"],
])("%s", (_, remote, forwarded, trusted, sender) => {
  expect(senderOf(remote, forwarded, trusted)).toBe(sender);
});

test("whatever a sender writes, only addresses that our proxies vouch for are believed", () => {
  const address = fc.oneof(fc.ipV4(), fc.ipV6());
  fc.assert(
    fc.property(fc.array(fc.oneof(address, fc.string())), fc.ipV4(), (spoofed, real) => {
      if (addressIn(proxies, real)) return;
      expect(senderOf("127.0.0.1", [...spoofed, real, "10.0.0.7"].join(","), proxies)).toBe(real);
    }),
  );
});

test("without the front's word there is no address", () => {
  const header = (values: Record<string, string>) => (name: string) => values[name] ?? null;
  expect(deviceOf(header({ "x-forwarded-for": "6.6.6.6" })).ipAddress).toBeNull();
  expect(deviceOf(header({ [remoteHeader]: "guess 6.6.6.6" })).ipAddress).toBeNull();
  expect(deviceOf(header({ [remoteHeader]: claimRemote("::ffff:203.0.113.9") })).ipAddress).toBe("203.0.113.9");
  expect(deviceOf(header({ [remoteHeader]: claimRemote("") })).ipAddress).toBeNull();
  expect(deviceOf(header({ "user-agent": "x".repeat(400) })).userAgent).toHaveLength(300);
});
