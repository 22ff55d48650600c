import { showPasskeyChallenge } from "@/lib/accounts/show-passkey-challenge";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: showPasskeyChallenge });
