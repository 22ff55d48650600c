import { expect, test } from "vitest";
import { sendMail } from "./send";
import { type Stages, stagedMail } from "./testing-stages";

const message = {
  ...{ to: "ann@example.com", subject: "Fleet report", text: "Text", html: "<p>Text</p>", id: "<one@example.com>" },
  ...{ date: new Date("2026-11-22T06:00:00Z"), attachment: null },
};
const login = { user: "tenantry", password: "s3cret" };

const trouble = { retry: true, server: true, tooLarge: false };
const cases: [string, Stages, object][] = [
  ["554 as greeting", { greeting: "554 5.7.1 Not you" }, trouble],
  ["421 as greeting", { greeting: "421 Too busy" }, trouble],
  ["no greeting", { greeting: null }, trouble],
  ["550 to EHLO and HELO", { EHLO: "550 No", HELO: "550 No" }, trouble],
  ["535 to AUTH", { AUTH: "535 Wrong" }, trouble],
  ["454 to AUTH", { AUTH: "454 Not now" }, trouble],
  ["535 to MAIL FROM", { MAIL: "535 Log in first" }, trouble],
  ["553 to MAIL FROM", { MAIL: "553 Not your address" }, trouble],
  ["451 to MAIL FROM", { MAIL: "451 Later" }, trouble],
  ["552 to MAIL FROM", { MAIL: "552 Too much" }, { ...trouble, tooLarge: true }],
  ["530 to RCPT TO", { RCPT: "530 Log in first" }, trouble],
  ["421 to RCPT TO", { RCPT: "421 Closing" }, trouble],
  ["421 to DATA", { DATA: "421 Closing" }, trouble],
  ["a break at RCPT TO", { RCPT: null }, trouble],
  ["451 to RCPT TO", { RCPT: "451 Later" }, { retry: true, server: false, tooLarge: false }],
  ["550 to RCPT TO", { RCPT: "550 No such user" }, { retry: false, server: false, tooLarge: false }],
  ["554 to DATA", { DATA: "554 Spam" }, { retry: false, server: false, tooLarge: false }],
  ["552 to DATA", { DATA: "552 Too large" }, { retry: false, server: false, tooLarge: true }],
];

for (const [name, stages, meaning] of cases)
  test(`${name} is told for what it is about`, async () => {
    const server = await stagedMail(stages);
    const sent = await sendMail({ ...server.settings, login }, message);
    expect(sent).toMatchObject({ sent: false, ...meaning });
    const [said] = Object.values(stages);
    if (said) expect(sent.words).toContain(said);
    await server.close();
  });
