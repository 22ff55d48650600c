import { compatRoutes } from "@/lib/http/compat-route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = compatRoutes();
