import { z } from "zod";

/** Slugs that would be taken for a part of the platform, or of PostgreSQL, when used as a host or database name. */
export const reservedSlugs: ReadonlySet<string> = new Set([
  "admin",
  "administrator",
  "api",
  "app",
  "assets",
  "auth",
  "billing",
  "cdn",
  "console",
  "dashboard",
  "default",
  "dev",
  "docs",
  "ftp",
  "health",
  "help",
  "host",
  "internal",
  "localhost",
  "login",
  "mail",
  "metrics",
  "ns",
  "null",
  "postgres",
  "postgresql",
  "public",
  "root",
  "signin",
  "sign-in",
  "smtp",
  "staging",
  "static",
  "status",
  "support",
  "system",
  "template0",
  "template1",
  "tenant",
  "tenantry",
  "tenants",
  "test",
  "undefined",
  "web",
  "www",
]);

/** A tenant's short name: a DNS label (RFC 1035) of 3 to 40 characters, so that it fits a host and a database name. */
export const slug = z
  .string()
  .trim()
  .min(3, "Use at least 3 characters.")
  .max(40, "Use at most 40 characters.")
  .regex(/^[a-z]/, "Start with a letter from a to z.")
  .regex(/^[a-z0-9-]*$/, "Use only a–z, 0–9 and hyphens; letters that look alike in other alphabets don't count.")
  .regex(/[a-z0-9]$/, "End with a letter or a digit.")
  .refine((value) => !value.includes("--"), "Don't put two hyphens in a row.")
  .refine((value) => !reservedSlugs.has(value), "This name is reserved. Choose another.");

/** Control, format and direction-override characters, which can make one name pass for another. */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/u;
const joiners = /[\u200c\u200d]/g;

/**
 * Whether a word mixes Latin with letters of an alphabet that has look-alikes of them (after UTS #39, "mixed-script
 * confusables"): "аcme" with a Cyrillic а is a disguise, "Яндекс" and "Яндекс Market" are not.
 */
export function mixesLookAlikes(text: string): boolean {
  const words = text.split(/[^\p{L}\p{M}]+/u);
  return words.some((word) => /\p{Script=Latin}/u.test(word) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(word));
}

/** Whether all of a name can be seen: no control, format or direction-override character is in it. */
export function isSeen(name: string): boolean {
  return !invisible.test(name.replace(joiners, ""));
}

/** What is said of a name that has such characters. */
export const unseen = "Remove invisible or control characters.";

/** A tenant's display name: any script, 1 to 120 characters, normalised to NFC. */
export const displayName = z
  .string()
  .trim()
  .transform((value) => value.normalize("NFC"))
  .pipe(
    z
      .string()
      .min(1, "Give the tenant a name.")
      .max(120, "Use at most 120 characters.")
      .refine(isSeen, unseen)
      .refine((value) => !mixesLookAlikes(value), "One word mixes alphabets that look alike. Use one alphabet a word."),
  );

/** A host name, as browsers send it: lower-case ASCII (punycode for other scripts), without a port. */
export const hostname = z
  .string()
  .trim()
  .max(253, "A domain has at most 253 characters.")
  .transform((value, context) => {
    const host = canonicalHost(value);
    if (host !== null && !mixesLookAlikes(value)) return host;
    context.addIssue({
      code: "custom",
      message:
        host === null
          ? "This is not a domain name such as shop.example.com."
          : "This domain mixes alphabets that look alike. Use one alphabet.",
    });
    return z.NEVER;
  });

const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Puts a domain name into the form in which browsers send it (WHATWG URL: case folded, NFC, punycode);
 * null when it is not a name of at least two labels.
 */
export function canonicalHost(value: string): string | null {
  const domain = canonicalDomain(value);
  return domain?.includes(".") ? domain : null;
}

/** The same for a domain under which others have names: there a single label such as localhost is one, too. */
export function canonicalDomain(value: string): string | null {
  if (!/^[^\s/?#@:\\[\]%]+$/.test(value)) return null;
  const host = URL.canParse(`http://${value}`) ? new URL(`http://${value}`).hostname.replace(/\.$/, "") : "";
  const labels = host.split(".");
  if (host.length > 253 || !labels.every((part) => label.test(part))) return null;
  return /^\d+$/.test(labels.at(-1) ?? "") ? null : host;
}

/** Latin letters that Unicode does not take apart into a base letter and a mark. */
const plain: Record<string, string> = {
  ø: "o",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
  ħ: "h",
};

/** What a display name becomes as a slug: a proposal for the form, not always a valid one. */
export function proposeSlug(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[øßæœłđðþıħ]/g, (letter) => plain[letter] ?? "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "")
    .slice(0, 40)
    .replace(/-+$/, "");
}

export const plans = ["free", "starter", "business", "enterprise"] as const;
export type Plan = (typeof plans)[number];
