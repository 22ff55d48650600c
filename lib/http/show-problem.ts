import { operation } from "@/lib/gate/operation";
import { showProblemContract } from "./contract";
import { kindOf } from "./list-problems";

export const showProblem = operation(showProblemContract, async (_, { code }) => kindOf(code));
