import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Message, sendMail } from "./send";
import { type MailSettings, mailSetUp, refuseAddress } from "./settings";
import { selfSigned, type TestMail, testMail } from "./testing";

let server: TestMail;
beforeEach(async () => {
  server = await testMail();
});
afterEach(() => server.close());

const message: Message = {
  ...{ to: "ann@example.com", subject: "Fleet report", text: "Text", html: "<p>Text</p>", id: "<one@example.com>" },
  ...{ date: new Date("2026-11-22T06:00:00Z"), attachment: null },
};
const quick = { connectMs: 20_000, idleMs: 300, totalMs: 60_000 };

test("a message arrives as it was written, with its file byte by byte", async () => {
  const content = Buffer.from(Array.from({ length: 70_000 }, (_, n) => (n * 31) % 256));
  const attachment = { name: "Übersicht 東京.csv", type: "text/csv; charset=utf-8", content };
  const sent = await sendMail(server.settings, { ...message, subject: "Flotte Ā 東京 🚀 عربي", attachment });
  expect(sent).toEqual({ sent: true, words: expect.stringContaining("The mail server answered: 250") });
  const [{ mail, raw, to } = { mail: undefined, raw: "", to: [] }] = server.taken;
  expect(to).toEqual(["ann@example.com"]);
  expect(mail).toMatchObject({ subject: "Flotte Ā 東京 🚀 عربي", text: "Text", html: "<p>Text</p>" });
  expect(mail).toMatchObject({ messageId: "<one@example.com>", date: message.date });
  expect(mail?.from?.value).toEqual([{ name: "Tenantry", address: "reports@example.com" }]);
  expect(mail?.attachments).toMatchObject([{ filename: "Übersicht 東京.csv", contentType: "text/csv" }]);
  expect(mail?.attachments[0]?.content.equals(content)).toBe(true);
  expect(raw).toContain("Auto-Submitted: auto-generated");
});

test("no name begins a header of its own", async () => {
  const subject = "Report\r\nBcc: eve@example.com\r\n\r\n<b>body</b>";
  const attachment = { name: 'a"\r\nX-Evil: 1\r\n.csv', type: "text/csv", content: Buffer.from("x") };
  await sendMail(server.settings, { ...message, subject, attachment });
  const [taken] = server.taken;
  expect(taken?.to).toEqual(["ann@example.com"]);
  expect([...(taken?.mail.headers.keys() ?? [])]).not.toContain("bcc");
  expect(taken?.raw).not.toMatch(/^(X-Evil|Bcc)/im);
  expect(taken?.mail.subject).toBe("Report Bcc: eve@example.com <b>body</b>");
});

describe("what a server answers", () => {
  test("for now: trying again may help; for good: it does not; to this message, not to all", async () => {
    server.say(() => ({ code: 451, words: "4.7.1 Greylisted" }));
    expect(await sendMail(server.settings, message)).toMatchObject({
      ...{ sent: false, retry: true, server: false, words: "The mail server answered: 451 4.7.1 Greylisted" },
    });
    server.say(() => ({ code: 550, words: "5.1.1 No such user" }));
    expect(await sendMail(server.settings, message)).toMatchObject({
      ...{ sent: false, retry: false, server: false, words: "The mail server answered: 550 5.1.1 No such user" },
    });
  });

  test("a server that is down is told, and may be up again", async () => {
    await server.close();
    expect(await sendMail(server.settings, message, quick)).toMatchObject({
      ...{ sent: false, retry: true, server: true, words: expect.stringMatching(/could not be reached.*ECONNREFUSED/) },
    });
    server = await testMail({}, server.port);
    expect(await sendMail(server.settings, message)).toMatchObject({ sent: true });
  });

  test("one that gives no answer is waited for no longer than told", async () => {
    server.say(() => "never");
    expect(await sendMail(server.settings, message, quick)).toMatchObject({
      ...{ sent: false, retry: true, server: false, words: expect.stringContaining("did not answer in time") },
    });
    expect(await sendMail(server.settings, message, { ...quick, idleMs: 60_000, totalMs: 500 })).toMatchObject({
      ...{ sent: false, retry: true, words: expect.stringContaining("did not answer in time") },
    });
  });

  test("a message that is too large is told from the others", async () => {
    await server.close();
    server = await testMail({ size: 1000 });
    const attachment = { name: "a.csv", type: "text/csv", content: Buffer.alloc(2000) };
    const { settings } = server;
    expect(await sendMail(settings, { ...message, attachment })).toMatchObject({ tooLarge: true, retry: false });
  });
});

test("a wrong password is told without the password, and may be mended", async () => {
  await server.close();
  const password = "s3cret&pass";
  const tried: unknown[] = [];
  server = await testMail({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (auth, _session, callback) => {
      tried.push(auth.password);
      const wrong = Object.assign(new Error(`No ${auth.password} here`), { responseCode: 535 });
      if (auth.password === password) callback(null, { user: auth.username });
      else callback(wrong);
    },
  });
  const as = (text: string): MailSettings => ({ ...server.settings, login: { user: "tenantry", password: text } });
  const wrong = await sendMail(as("wr0ng"), message);
  expect(wrong).toMatchObject({ sent: false, retry: true, server: true });
  expect(wrong.words).toBe(
    "The mail server refused the login. Check the user and password in SMTP_URL. It answered: 535 No … here",
  );
  expect(await sendMail(as(password), message)).toMatchObject({ sent: true });
  expect(tried).toEqual(["wr0ng", password]);
});

describe("TLS", () => {
  const certificate = selfSigned();
  afterAll(certificate.remove);

  const ways = [
    ["from the first byte", { secure: true }],
    ["by STARTTLS", { secure: false }],
  ] as const;
  for (const [way, { secure }] of ways)
    test(`${way}: a certificate that nobody vouches for is refused, unless the operator trusts it`, async () => {
      await server.close();
      server = await testMail({ secure, key: certificate.key, cert: certificate.cert });
      const settings = { ...server.settings, host: "localhost" };
      expect(await sendMail(settings, message)).toMatchObject({
        ...{ sent: false, retry: true, server: true },
        words: expect.stringMatching(
          /certificate of the mail server localhost:\d+ is not trusted.*NODE_EXTRA_CA_CERTS/,
        ),
      });
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ["--import", "tsx", "lib/mail/testing-send.ts", JSON.stringify(settings)],
        { env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate.file } },
      );
      expect(JSON.parse(stdout)).toMatchObject({ sent: true });
      expect(server.taken).toHaveLength(1);
    });

  test("a password is not given to a server that offers none", async () => {
    const login = { user: "tenantry", password: "s3cret" };
    const sent = await sendMail({ ...server.settings, requireTls: true, login }, message);
    expect(sent).toMatchObject({ sent: false, server: true, words: expect.stringMatching(/TLS/) });
  });
});

describe("settings", () => {
  const given = {
    SMTP_URL: "smtp://u%40x:p%2Fw@mail.example.com",
    MAIL_FROM: "Reports <r@example.com>",
    MAIL_DOMAINS: [],
  };

  test("are read from the address", () => {
    expect(mailSetUp(given)).toEqual({
      settings: {
        ...{ host: "mail.example.com", port: 587, secure: false, requireTls: true, domains: [] },
        ...{ login: { user: "u@x", password: "p/w" }, from: { name: "Reports", address: "r@example.com" } },
      },
    });
    expect(mailSetUp({ ...given, SMTP_URL: "smtps://[::1]" })).toMatchObject({
      settings: { host: "::1", port: 465, secure: true, requireTls: false, login: null },
    });
    expect(mailSetUp({ ...given, SMTP_URL: "smtp://u:p@localhost:2525" })).toMatchObject({
      settings: { port: 2525, requireTls: false },
    });
  });

  test("that are missing or wrong are named", () => {
    expect(mailSetUp({ ...given, SMTP_URL: undefined })).toEqual({ missing: expect.stringContaining("SMTP_URL") });
    for (const MAIL_FROM of ["", "nobody", "a@example.com, b@example.com"])
      expect(mailSetUp({ ...given, MAIL_FROM })).toEqual({ missing: expect.stringContaining("MAIL_FROM") });
    const insecure = "smtp://mail.example.com?tls.rejectUnauthorized=false";
    expect(mailSetUp({ ...given, SMTP_URL: insecure })).toEqual({ missing: expect.stringContaining("SMTP_URL") });
  });

  test("name the domains that mail may go to, not those below them", () => {
    const domains = ["example.com"];
    expect(refuseAddress({ domains }, "ann@Example.com")).toBeUndefined();
    expect(refuseAddress({ domains: [] }, "ann@anywhere.org")).toBeUndefined();
    for (const other of ["a@evil-example.com", "a@sub.example.com", '"a@example.com"@evil.org'])
      expect(refuseAddress({ domains }, other)).toContain("MAIL_DOMAINS");
  });
});
