import { AppError } from "@/lib/kernel/errors";
import { env } from "@/lib/platform/env";
import { type Fetch, isBreached } from "./breached-passwords";
import { commonPasswords } from "./common-passwords";

/** Whose new password it is. */
export type PasswordOwner = { email: string; name: string };

/**
 * Throws `invalid` with the field `password` when a new password is one that guessers try early: a common one, a
 * pattern, the person's own name or address. What it is made of (digits, symbols) is nobody's business.
 */
export async function refuseWeakPassword(password: string, owner: PasswordOwner, fetcher?: Fetch): Promise<void> {
  const reason = await weakness(password, owner, fetcher);
  if (!reason) return;
  const advice = "Choose another; a few words that don't belong together are good and easy to remember.";
  throw new AppError("invalid", "This password is too easy to guess.", { fields: { password: `${reason} ${advice}` } });
}

async function weakness(password: string, owner: PasswordOwner, fetcher?: Fetch): Promise<string | undefined> {
  const text = plain(password);
  if (isPattern(text)) return "This is a pattern, which guessers try first.";
  if (isPersonal(text, owner))
    return "This is your name, your e-mail address or Tenantry's name with little around it.";
  if (await isCommon(text)) return "This is a common password, or one with little around it, which guessers try first.";
  if (env().BREACHED_PASSWORDS === "on" && (await isBreached(password, fetcher)))
    return "This password is known from a breach of another site.";
  return undefined;
}

const plain = (text: string): string => text.normalize("NFC").toLowerCase();

/** Without the digits and symbols at either end. */
const coreOf = (text: string): string => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");

const leastRepeated = 12;
const rows = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890",
  "1234567890",
  "qwertyuiopasdfghjklzxcvbnm",
  "qwertzuiopasdfghjklyxcvbnm",
  "azertyuiopqsdfghjklmwxcvbn",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
  "1q2w3e4r5t6y7u8i9o0p",
];

/** Whether one short piece repeated, or one row of the alphabet or the keyboard, makes up the whole. */
function isPattern(text: string): boolean {
  const period = periodOf(text);
  if (period < leastRepeated && period * 2 <= text.length) return true;
  const runs = rows.flatMap((row) => [row, [...row].reverse().join("")]);
  return runs.some((run) => run.repeat(1 + Math.ceil(text.length / run.length)).includes(text));
}

/** After how many characters a text repeats itself; its length when it never does. */
function periodOf(text: string): number {
  for (let period = 1; period < text.length; period++) {
    if (text.startsWith(text.slice(period))) return period;
  }
  return text.length;
}

/** Letters that have to be left of a password once everything personal is taken out of it. */
const leastOwn = 4;

/** Whether a password is little more than its owner's name, parts of the address, and Tenantry's name, in any order. */
function isPersonal(text: string, { email, name }: PasswordOwner): boolean {
  const words = [...email.split(/[^\p{L}\p{N}]+/u), ...name.split(/[^\p{L}\p{N}]+/u), "tenantry"]
    .map((word) => lettersOf(plain(word)))
    .filter((word) => word.length >= 3)
    .sort((one, other) => other.length - one.length);
  const letters = lettersOf(text);
  const left = words.reduce((rest, word) => rest.replaceAll(word, ""), letters);
  return left.length < letters.length && left.length < leastOwn;
}

const lettersOf = (text: string): string => text.replace(/[^\p{L}]/gu, "");

async function isCommon(text: string): Promise<boolean> {
  const common = await commonPasswords();
  const inner = coreOf(text);
  return common.has(text) || (inner.length >= 4 && common.has(inner));
}
