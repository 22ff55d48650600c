import { showPasskeyChallenge } from "@/lib/accounts/show-passkey-challenge";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showPasskeyChallenge });
