import { hash, verify } from "@node-rs/argon2";

// OWASP's Password Storage Cheat Sheet, argon2id: 19 MiB, 2 passes, 1 lane. The package's default variant is argon2id.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The argon2id hash of a password, with its salt and cost in it. */
export async function hashPassword(password: string): Promise<string> {
  return await hash(password.normalize("NFC"), cost);
}

let decoy: Promise<string> | undefined;

/** Whether a password is right. With no hash (an unknown user) it costs the same time and is never right. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword("no user has this password");
  const right = await verify(stored ?? (await decoy), password.normalize("NFC"));
  return stored !== null && right;
}
