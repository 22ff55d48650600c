import { removePasskey } from "@/lib/accounts/remove-passkey";
import { route } from "@/lib/http/route";

export const { DELETE } = route({ DELETE: removePasskey });
