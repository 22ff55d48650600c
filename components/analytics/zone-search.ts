/** Names of today for zones that browsers list under an older one. */
const today: Readonly<Record<string, string>> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Godthab": "America/Nuuk",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

/** Whether a zone is meant by what somebody types: "new york" and "Kathmandu" find theirs, too. */
export function isZoneMeant(zone: string, typed: string): boolean {
  return plain(`${zone} ${today[zone] ?? ""}`).includes(plain(typed));
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[_\s]+/g, " ")
    .trim();
}
