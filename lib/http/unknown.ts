import type { NextRequest } from "next/server";
import { AppError } from "@/lib/kernel/errors";
import { answer } from "./route";

/** Any address under the API that no operation has: 404, as problem details. */
export async function unknownRoute(request: NextRequest): Promise<Response> {
  return await answer(request, async () => {
    throw new AppError("not_found", "The API has no such address. The OpenAPI document lists all there are.");
  });
}
