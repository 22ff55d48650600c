import { route } from "@/lib/http/route";
import { checkIsolation } from "@/lib/isolation/check-isolation";

export const { POST } = route({ POST: checkIsolation });
