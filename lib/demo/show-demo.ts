import { operation } from "@/lib/gate/operation";
import { showDemoContract } from "./contract";
import { demoViewOf } from "./view";

export const showDemo = operation(showDemoContract, (ctx) => demoViewOf(ctx.db));
