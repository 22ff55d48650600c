import QRCode from "qrcode";
import { AppError } from "@/lib/kernel/errors";
import { totpUri } from "./totp";

/** A TOTP secret as an authenticator app takes it in: typed, by address, or from the QR code (an SVG document). */
export async function shownSecret(secret: string, email: string) {
  const uri = totpUri(secret, email);
  return { secret, uri, qr: await QRCode.toString(uri, { type: "svg", margin: 0 }) };
}

/** The refusal of a first code, by which an authenticator would have been proven. */
export function wrongFirstCode(): AppError {
  const fields = {
    code: "This code is not right. Use the newest code, and check that the clock of the phone is right.",
  };
  return new AppError("invalid", "The code does not match.", { fields });
}
