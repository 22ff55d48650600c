/**
 * Node's flags for the web process. Its answers are short-lived: with room for more of them before the young generation is
 * looked through, it spends some hundredths less of its time on that.
 */
export const webFlags = ["--max-semi-space-size=64"];
