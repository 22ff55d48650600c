import { renewRecoveryCodes } from "@/lib/accounts/renew-recovery-codes";
import { route } from "@/lib/http/route";

export const { POST } = route({ POST: renewRecoveryCodes });
