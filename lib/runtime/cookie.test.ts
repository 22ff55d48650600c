import { expect, test } from "vitest";
import { cookiesOf, setCookie } from "./cookie";
import { HostReader } from "./host";
import { readVisit } from "./visit";

const read = (cookie: string) => {
  const visit = readVisit(
    { url: "/", headers: { cookie } },
    { hosts: new HostReader("localhost"), trusts: () => false },
  );
  return visit && cookiesOf(visit, "pass");
};

test("on HTTPS a cookie has a name that no other host can set; plain HTTP and path prefixes can't have it", () => {
  const secure = setCookie("pass", "abc", { secure: true, path: "/", seconds: 60 });
  expect(secure).toBe("__Host-pass=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure");
  expect(setCookie("pass", "abc", { secure: false, path: "/" })).toBe("pass=abc; Path=/; HttpOnly; SameSite=Lax");
  const prefixed = setCookie("pass", "abc", { secure: true, path: "/t/acme/" });
  expect(prefixed).toBe("pass=abc; Path=/t/acme/; HttpOnly; SameSite=Lax; Secure");
  expect(() => setCookie("pass", "a; Domain=example.com", { secure: true, path: "/" })).toThrow();
});

test("every cookie of the name is read, those that only this host can set first", () => {
  expect(read("a=b; pass=junk; pass=good; passed=no; xpass=no; __Host-pass=own; =pass; pass")).toEqual([
    "own",
    "junk",
    "good",
  ]);
  expect(read("a=b")).toEqual([]);
});

test("of very many only some are tried, and our own is among them", () => {
  const many = Array.from({ length: 100 }, (_, index) => `pass=junk${index}`).join("; ");
  expect(read(`${many}; __Host-pass=own`)).toEqual(["own", "junk0", "junk1", "junk2", "junk3"]);
});
