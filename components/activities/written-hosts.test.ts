import { expect, test } from "vitest";
import { withWrittenHosts } from "./written-hosts";

test("a host name is written as in the list of domains, with its form in DNS", () => {
  expect(withWrittenHosts("Domain shop.xn--bcher-kva.example added")).toBe(
    "Domain shop.bücher.example (shop.xn--bcher-kva.example) added",
  );
  for (const words of ["Domain shop.example.com added", "Reason: xn--!"]) expect(withWrittenHosts(words)).toBe(words);
});
