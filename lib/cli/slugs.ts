import { slug } from "@/lib/kernel/naming";
import { Misused } from "./failure";

/** The slug of a new tenant as a person wrote it. Throws, with one that can be had, for what can't be one. */
export function slugIn(text: string): string {
  const { success, data, error } = slug.safeParse(text);
  if (success) return data;
  const why = error.issues.map(({ message }) => message).join(" ");
  const like = slug.safeParse(likeSlug(text)).data;
  const how = like ? `Write such as ${like}, and the name for people with --name ${JSON.stringify(text)}.` : "";
  const what = "A slug names the tenant in addresses and in its database.";
  throw new Misused(`"${text}" can't be a slug: ${why} ${what} ${how}`.trimEnd());
}

const likeSlug = (text: string) =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "");
