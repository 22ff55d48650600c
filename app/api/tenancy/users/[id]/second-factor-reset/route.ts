import { resetSecondFactor } from "@/lib/access/reset-second-factor";
import { route } from "@/lib/http/route";

export const { POST } = route({ POST: resetSecondFactor });
