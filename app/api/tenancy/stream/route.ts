import { streamRoute } from "@/lib/http/stream";

export const GET = streamRoute;
