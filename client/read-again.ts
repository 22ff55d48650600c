"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { Contract } from "@/lib/kernel/contract";

/** Has everything that was read by these contracts read again. */
export function useReadAgain(): (...contracts: readonly Pick<Contract, "id">[]) => void {
  const cache = useQueryClient();
  return (...contracts) => {
    for (const { id } of contracts) void cache.invalidateQueries({ queryKey: [id] });
  };
}
