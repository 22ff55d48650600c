import { operation } from "@/lib/gate/operation";
import { showFilterContract } from "./contract";
import { filterView, findFilter } from "./find-filter";

export const showFilter = operation(showFilterContract, async ({ db }, { id }) => filterView(await findFilter(db, id)));
