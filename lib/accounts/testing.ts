import { generate } from "otplib";
import type { z } from "zod";
import type { Ctx, UserActor } from "@/lib/gate/context";
import { type Operation, perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import type { Contract } from "@/lib/kernel/contract";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";
import { hashPassword } from "./password";
import { proveStepUp } from "./prove-step-up";
import { actorOfSession } from "./sessions";
import { type Credentials, signIn } from "./sign-in";
import { newTotpSecret, sealTotp } from "./totp";

/** A person in tests, with an authenticator and a clock that only the test moves. */
export class TestPerson {
  readonly password = "correct horse battery";
  readonly secret = newTotpSecret();
  now = new Date("2026-03-01T12:00:00Z");
  id = newId(this.now);

  constructor(readonly email: string) {}

  readonly clock = () => this.now;

  later(seconds: number): void {
    this.now = new Date(this.now.getTime() + seconds * 1000);
  }

  /** Makes the account anew, in a database whose users were truncated. */
  async make(): Promise<void> {
    this.id = newId(this.now);
    const passwordHash = await hashPassword(this.password);
    const totpSecret = await sealTotp(this.id, this.secret);
    const enrolled = { totpSecret, totpConfirmedAt: this.now };
    const { id, email, now } = this;
    await controlDb().user.create({
      data: { id, email, name: "Ada Lovelace", role: "owner", passwordHash, createdAt: now, ...enrolled },
    });
  }

  /** The authenticator's code, so many seconds off the clock. */
  code(offset = 0): Promise<string> {
    return generate({ secret: this.secret, epoch: Math.floor(this.now.getTime() / 1000) + offset });
  }

  /** Tries to sign in, with the right password unless told. */
  signIn(given: Partial<Credentials> = {}, address = "192.0.2.1"): Promise<{ token: string }> {
    const credentials = { email: this.email, password: this.password, code: "", ...given };
    return signIn(credentials, { ipAddress: address, userAgent: "test" }, this.clock);
  }

  /** Signs in with the newest code, and moves the clock on, so that the next code is another. */
  async signedIn(address?: string): Promise<{ token: string; ctx: Ctx; actor: UserActor }> {
    const { token } = await this.signIn({ code: await this.code() }, address);
    this.later(30);
    const ctx = await this.ctx(token, address);
    if (ctx.actor.kind !== "user") throw new Error("The sign-in made no session.");
    return { token, ctx, actor: ctx.actor };
  }

  /** The context of a request with a session's cookie. */
  async ctx(token: string, address = "192.0.2.1"): Promise<Ctx> {
    const actor = await actorOfSession(token, this.now);
    return as("nobody", { actor, now: this.clock, ipAddress: address, reply: {} });
  }

  /** Performs an operation, and confirms it with a code when that is asked for. */
  async does<C extends Contract>(
    op: Operation<C>,
    ctx: Ctx,
    input: z.input<C["input"]>,
  ): Promise<z.output<C["output"]>> {
    try {
      return await perform(op, ctx, input);
    } catch (error) {
      if (!(error instanceof AppError) || error.reason !== "step_up_required") throw error;
      await perform(proveStepUp, ctx, { digest: error.confirm, code: await this.code() });
      this.later(30);
      return await perform(op, ctx, input);
    }
  }
}
