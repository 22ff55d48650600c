import { setPrimaryDomain } from "@/lib/domains/set-primary-domain";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ PUT: setPrimaryDomain });
