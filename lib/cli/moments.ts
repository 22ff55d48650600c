import { Misused } from "./failure";

/** A moment as the API takes it, from what a person writes. Throws when it is none. */
export function momentIn(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) throw new Misused(`"${text}" is not a time such as 2027-01-31T12:00Z.`);
  return moment.toISOString();
}
