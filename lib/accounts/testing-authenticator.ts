import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";

const base64url = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString("base64url");
const sha256 = (bytes: Uint8Array | string): Buffer => createHash("sha256").update(bytes).digest();

/** A CBOR head (RFC 8949) in its shortest form, for numbers and lengths below 65536. */
function head(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.from([(major << 5) | 25, length >> 8, length & 0xff]);
}
const integer = (value: number): Buffer => (value < 0 ? head(1, -1 - value) : head(0, value));
const bytes = (value: Uint8Array): Buffer => Buffer.concat([head(2, value.length), value]);
const text = (value: string): Buffer => Buffer.concat([head(3, value.length), Buffer.from(value)]);
const map = (...pairs: [Buffer, Buffer][]): Buffer => Buffer.concat([head(5, pairs.length), ...pairs.flat()]);

type Options = { challenge?: unknown };
type Lies = { origin?: string; rpId?: string; counter?: number; type?: string };

/** A passkey in software: a P-256 key that answers as a browser and an authenticator would. */
export class TestAuthenticator {
  readonly id = base64url(randomBytes(16));
  counter = 0;
  private readonly key: KeyObject;
  private readonly cose: Buffer;

  constructor(
    readonly origin = "http://localhost:3000",
    readonly rpId = "localhost",
  ) {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    this.key = privateKey;
    const { x = "", y = "" } = publicKey.export({ format: "jwk" });
    this.cose = map(
      [integer(1), integer(2)],
      [integer(3), integer(-7)],
      [integer(-1), integer(1)],
      [integer(-2), bytes(Buffer.from(x, "base64url"))],
      [integer(-3), bytes(Buffer.from(y, "base64url"))],
    );
  }

  /** Makes the passkey: RegistrationResponseJSON as JSON text. */
  register(options: Options, lies: Lies = {}): string {
    const id = Buffer.from(this.id, "base64url");
    const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, this.cose]);
    const authData = Buffer.concat([this.authData(0x45, lies), credential]);
    const attestation = map([text("fmt"), text("none")], [text("attStmt"), map()], [text("authData"), bytes(authData)]);
    return this.answer({
      clientDataJSON: this.clientData("webauthn.create", options, lies),
      attestationObject: base64url(attestation),
      transports: ["internal"],
    });
  }

  /** Uses the passkey: AuthenticationResponseJSON as JSON text. */
  prove(options: Options, lies: Lies = {}): string {
    this.counter++;
    const authData = this.authData(0x05, lies);
    const clientDataJSON = this.clientData("webauthn.get", options, lies);
    const signed = Buffer.concat([authData, sha256(Buffer.from(clientDataJSON, "base64url"))]);
    const signature = base64url(createSign("sha256").update(signed).sign(this.key));
    return this.answer({ clientDataJSON, authenticatorData: base64url(authData), signature });
  }

  private answer(response: Record<string, unknown>): string {
    return JSON.stringify({ id: this.id, rawId: this.id, type: "public-key", clientExtensionResults: {}, response });
  }

  private clientData(type: string, { challenge }: Options, lies: Lies): string {
    const data = { type: lies.type ?? type, challenge, origin: lies.origin ?? this.origin, crossOrigin: false };
    return base64url(JSON.stringify(data));
  }

  private authData(flags: number, lies: Lies): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(lies.counter ?? this.counter);
    return Buffer.concat([sha256(lies.rpId ?? this.rpId), Buffer.from([flags]), counter]);
  }
}
