import { startPasskey } from "@/lib/accounts/start-passkey";
import { route } from "@/lib/http/route";

export const { POST } = route({ POST: startPasskey });
