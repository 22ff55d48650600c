import type { LucideIcon } from "lucide-react";
import type { TenantStatus } from "@/lib/tenants/shapes";

/** The tenant that a further list of the palette is about. */
export type PaletteTenant = { id: string; name: string; slug: string; status: TenantStatus };

/** A further list, entered from the first. */
export type PaletteStep = { name: "theme" } | { name: "zone" } | { name: "tenant"; tenant: PaletteTenant };

/** What choosing an item does: goes to an address, opens a further list, or does something at once. */
type PaletteDeed =
  | { kind: "go"; href: string }
  | { kind: "leave"; href: string }
  | { kind: "step"; step: PaletteStep }
  | { kind: "act"; act: () => void };

/** One line of the palette. */
export type PaletteItem = {
  /** The same for the same thing, whenever it is listed: what was chosen of late is known by it. */
  id: string;
  /** The heading that it stands under. */
  group: string;
  label: string;
  /** What tells it from others of that name: a slug, an e-mail address, a state. */
  note?: string;
  /** Further words by which it is found. */
  words?: readonly string[];
  icon?: LucideIcon;
  status?: TenantStatus;
  /** The keys that do the same without the palette. */
  keys?: string;
  /** Whether it is the choice that holds now. */
  chosen?: boolean;
  deed: PaletteDeed;
};
