import { startPasskey } from "@/lib/accounts/start-passkey";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: startPasskey });
