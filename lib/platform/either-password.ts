import type pg from "pg";
import { AppError } from "@/lib/kernel/errors";
import { connect } from "./postgres";

/** Whether a connection was refused since the password was wrong. */
export function wrongPassword(error: unknown): boolean {
  return error instanceof AppError && error.reason === "28P01";
}

/** Connects with the first of some passwords that the server takes; each is opened only when its turn comes. */
export async function connectWith(
  config: pg.ClientConfig,
  [first, ...others]: [() => Promise<string>, ...(() => Promise<string>)[]],
): Promise<pg.Client> {
  try {
    return await connect({ ...config, password: await first() });
  } catch (error) {
    const [second, ...rest] = others;
    if (!second || !wrongPassword(error)) throw error;
    return await connectWith(config, [second, ...rest]);
  }
}
