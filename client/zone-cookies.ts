/** The zone in which this browser's viewer reads times, told to the server so that a page is right at once. */
export const zoneCookie = "tenantry-zone";

/** The zone that the viewer chose instead of the browser's own; not there without a choice. */
export const zoneChoiceCookie = "tenantry-zone-choice";
