import { setPrimaryDomain } from "@/lib/domains/set-primary-domain";
import { route } from "@/lib/http/route";

export const { PUT } = route({ PUT: setPrimaryDomain });
