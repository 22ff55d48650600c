import { createSocket } from "node:dgram";

/** What the server says of a name: its TXT records in chunks, another name for it, a failure, or nothing at all. */
export type TestRecord =
  | { txt: string[][]; alias?: string }
  | { failure: "NXDOMAIN" | "SERVFAIL" | "REFUSED" | "silence" | "nonsense" };

export type TestDns = {
  /** As `DNS_SERVERS` names it. */
  address: string;
  /** What is said of each name, in lower case; of any other: NXDOMAIN. Can be changed at any time. */
  names: Map<string, TestRecord>;
  /** The names that were asked for, in order. */
  asked: string[];
  close: () => Promise<void>;
};

const codes = { NXDOMAIN: 3, SERVFAIL: 2, REFUSED: 5 } as const;
const types = { cname: 5, txt: 16 } as const;
const headerBytes = 12;

/** A small DNS server on this machine, which real resolvers ask over UDP (RFC 1035). */
export async function startTestDns(port = 0): Promise<TestDns> {
  const socket = createSocket("udp4");
  const names = new Map<string, TestRecord>();
  const asked: string[] = [];
  socket.on("message", (query, { port: to, address }) => {
    const name = nameIn(query);
    asked.push(name);
    const record = names.get(name.toLowerCase()) ?? { failure: "NXDOMAIN" };
    if ("failure" in record && record.failure === "silence") return;
    socket.send(answer(query, name, record), to, address);
  });
  await new Promise<void>((resolve) => socket.bind(port, "127.0.0.1", resolve));
  const close = () => new Promise<void>((resolve) => socket.close(() => resolve()));
  return { address: `127.0.0.1:${socket.address().port}`, names, asked, close };
}

function nameIn(query: Buffer): string {
  const labels: string[] = [];
  for (let at = headerBytes; ; ) {
    const length = query[at] ?? 0;
    if (length === 0) return labels.join(".");
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
}

function answer(query: Buffer, name: string, record: TestRecord): Buffer {
  if ("failure" in record && record.failure === "nonsense")
    return Buffer.concat([query.subarray(0, 2), Buffer.from("?")]);
  const question = query.subarray(headerBytes, headerBytes + name.length + 2 + 4);
  const code = "failure" in record ? codes[record.failure as keyof typeof codes] : 0;
  const answers = "txt" in record ? answersOf(name, record) : [];
  const header = Buffer.alloc(headerBytes);
  query.copy(header, 0, 0, 2);
  // A response, recursion wanted and available; the code stands in the last four bits.
  header.writeUInt16BE(0x8180 | code, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(answers.length, 6);
  return Buffer.concat([header, question, ...answers]);
}

function answersOf(name: string, { txt, alias }: Extract<TestRecord, { txt: string[][] }>): Buffer[] {
  const owner = alias ?? name;
  const texts = txt.map((chunks) => resource(owner, types.txt, Buffer.concat(chunks.map(counted))));
  return alias === undefined ? texts : [resource(name, types.cname, encoded(alias)), ...texts];
}

function resource(name: string, type: number, data: Buffer): Buffer {
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(type, 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt32BE(1, 4);
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([encoded(name), fixed, data]);
}

const encoded = (name: string): Buffer => Buffer.concat([...name.split(".").map(counted), Buffer.from([0])]);

function counted(text: string): Buffer {
  const bytes = Buffer.from(text, "latin1");
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}
