import { hash, verify } from "@node-rs/argon2";
import { AppError } from "@/lib/kernel/errors";

// OWASP's Password Storage Cheat Sheet, argon2id: 19 MiB, 2 passes, 1 lane. The package's default variant is argon2id.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The longest password, in UTF-16 units. Unicode's normal form of a long text can take seconds. */
const longest = 256;

/** The argon2id hash of a password, with its salt and cost in it. */
export async function hashPassword(password: string): Promise<string> {
  if (password.length > longest) {
    const message = `Use at most ${longest} characters.`;
    throw new AppError("invalid", message, { fields: { password: message } });
  }
  return await hash(password.normalize("NFC"), cost);
}

let decoy: Promise<string> | undefined;

/** Whether a password is right. With no hash (an unknown user), or too long, it costs the same and is never right. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword("no user has this password");
  const possible = password.length <= longest;
  const right = await verify(stored ?? (await decoy), possible ? password.normalize("NFC") : "");
  return stored !== null && possible && right;
}
