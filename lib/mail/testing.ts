import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import type { MailSettings } from "./settings";

/** For tests: what a mail server took. */
export type Taken = { to: string[]; from: string; mail: ParsedMail; raw: string; user: string | undefined };

/** For tests: what a server says to a recipient: undefined takes it, "never" leaves it without an answer. */
export type Say = (address: string) => { code: number; words: string } | "never" | undefined;

/** For tests: a real mail server on this host. */
export type TestMail = {
  port: number;
  taken: Taken[];
  settings: MailSettings;
  say: (say: Say) => void;
  /** From now on messages are taken, and not answered until `answer` is called. */
  holdAnswers: () => void;
  answer: () => void;
  close: () => Promise<void>;
};

/** For tests: starts a mail server on a free port, or on one that another had before. */
export async function testMail(options: SMTPServerOptions = {}, port = 0): Promise<TestMail> {
  const taken: Taken[] = [];
  let say: Say = () => undefined;
  let held: (() => void)[] | undefined;
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: options.key ? [] : ["STARTTLS"], closeTimeout: 50, logger: false },
    onRcptTo({ address }, _session, callback) {
      const answer = say(address);
      if (answer === "never") return;
      callback(answer && Object.assign(new Error(answer.words), { responseCode: answer.code }));
    },
    onData(stream, session, callback) {
      const { envelope, user } = session;
      void read(stream).then(async (raw) => {
        if (stream.sizeExceeded) return callback(Object.assign(new Error("Too large"), { responseCode: 552 }));
        const to = envelope.rcptTo.map(({ address }) => address);
        const from = envelope.mailFrom ? envelope.mailFrom.address : "";
        taken.push({ to, from, mail: await simpleParser(raw), raw: raw.toString("latin1"), user });
        if (held) held.push(callback);
        else callback();
      }, callback);
    },
    ...options,
  });
  server.on("error", () => undefined);
  server.listen(port, "127.0.0.1");
  await once(server.server, "listening");
  const bound = (server.server.address() as AddressInfo).port;
  const settings: MailSettings = {
    ...{ host: "127.0.0.1", port: bound, secure: options.secure ?? false, requireTls: false, login: null },
    ...{ from: { name: "Tenantry", address: "reports@example.com" }, domains: [] },
  };
  return {
    ...{ port: bound, taken, settings },
    say: (other) => {
      say = other;
    },
    holdAnswers: () => {
      held = [];
    },
    answer: () => {
      for (const callback of held ?? []) callback();
      held = undefined;
    },
    close: async () => await new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

async function read(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** For tests: a certificate for localhost that no authority gave, and the file that it lies in. */
export function selfSigned(): { key: string; cert: string; file: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "tenantry-mail-"));
  const [keyFile, file] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  const made = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
  execFileSync("openssl", ["req", "-x509", ...made, "-keyout", keyFile, "-out", file, ...subject], { stdio: "ignore" });
  return {
    ...{ key: readFileSync(keyFile, "utf8"), cert: readFileSync(file, "utf8"), file },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
