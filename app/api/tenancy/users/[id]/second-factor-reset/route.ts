import { resetSecondFactor } from "@/lib/access/reset-second-factor";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: resetSecondFactor });
