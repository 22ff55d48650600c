import type { Contract } from "@/lib/kernel/contract";
import { AppError } from "@/lib/kernel/errors";

/** Refuses a request that accepts none of the forms in which the operation answers. */
export function checkAccept({ answers = ["application/json"] }: Contract, headers: Headers): void {
  const accept = headers.get("accept");
  if (accept === null || accept.trim() === "" || answers.some((type) => accepts(accept, type))) return;
  throw new AppError(
    "not_acceptable",
    `This is answered as ${answers.join(" or ")}, and Accept names neither that nor */*.`,
  );
}

/** Whether an Accept header takes a type. The most exact of its ranges decides; a weight of 0 says no (RFC 9110). */
function accepts(header: string, type: string): boolean {
  const [kind = ""] = type.split("/");
  const ranges = header.split(",").map((range) => {
    const [name = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    return { name, refused: parameters.some((one) => /^q=0(\.0*)?$/.test(one)) };
  });
  const found = [type, `${kind}/*`, "*/*"].map((name) => ranges.find((range) => range.name === name));
  const exact = found.find((range) => range !== undefined);
  return exact !== undefined && !exact.refused;
}
