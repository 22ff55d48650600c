import { removePasskey } from "@/lib/accounts/remove-passkey";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ DELETE: removePasskey });
