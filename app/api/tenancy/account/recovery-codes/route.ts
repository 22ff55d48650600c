import { renewRecoveryCodes } from "@/lib/accounts/renew-recovery-codes";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: renewRecoveryCodes });
