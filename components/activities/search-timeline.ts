import { type inferParserType, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { isUuid } from "@/components/analytics/is-uuid";
import { analyticsInput, searchAnalytics } from "@/components/analytics/search-narrowing";
import { typeGroupNames, typesOf } from "./type-groups";

/** What narrows the timeline beside the period and the tenants. */
export const searchTimeline = {
  group: parseAsStringLiteral(typeGroupNames),
  tenant: parseAsString,
  actor: parseAsString.withDefault(""),
  text: parseAsString.withDefault(""),
};

export type TimelineSearch = inferParserType<typeof searchTimeline>;

/** All that stands in the address. */
export const searchPage = { ...searchAnalytics, ...searchTimeline };

/** How many activities a page has, and how finely time is shown. */
const shown = { limit: 50, width: 256 };

/** The timeline's own part of the operation's input; what a person may have typed is put within bounds. */
export function ownInput({ group, tenant, actor, text }: TimelineSearch) {
  return {
    ...shown,
    type: group === null ? [] : typesOf(group),
    text: text.trim().slice(0, 200),
    ...(actor.trim() !== "" && { actor: actor.trim().slice(0, 200) }),
    ...(isUuid(tenant) && { tenant }),
  };
}

/** The address as the operation's input, for the server's first reading. */
export function timelineInput(view: inferParserType<typeof searchPage>, zone: string) {
  return { ...analyticsInput(view, zone), ...ownInput(view) };
}
