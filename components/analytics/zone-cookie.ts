/** The browser's zone, told to the server so that a page is right at once. */
export const zoneCookie = "tenantry-zone";
