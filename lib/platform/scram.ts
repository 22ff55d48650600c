import { createHash, createHmac, pbkdf2, randomBytes } from "node:crypto";
import { promisify } from "node:util";

const iterations = 4096;
const derive = promisify(pbkdf2);

/**
 * A password as PostgreSQL itself would store it (SCRAM-SHA-256, RFC 5802 and 7677): `ALTER ROLE … PASSWORD` takes it in
 * its place, so that no log and no statistics of the server ever see the password. Only for passwords in ASCII, which
 * need no preparation (SASLprep).
 */
export async function scramVerifier(password: string): Promise<string> {
  const salt = randomBytes(16);
  const salted = await derive(password, salt, iterations, 32, "sha256");
  const hmac = (text: string) => createHmac("sha256", salted).update(text).digest();
  const storedKey = createHash("sha256").update(hmac("Client Key")).digest("base64");
  const serverKey = hmac("Server Key").toString("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${storedKey}:${serverKey}`;
}
