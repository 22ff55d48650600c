/** Text that is safe inside an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const style = `
:root{color-scheme:light dark;--ink:#1b2430;--soft:#5b6675;--line:#e3e7ec;--card:#fff;--ground:#f5f6f8;--accent:#0b6e63;--warn:#fdf1dc;--edge:#8f5a00}
@media(prefers-color-scheme:dark){:root{--ink:#e6eaf0;--soft:#9aa6b5;--line:#2a323d;--card:#171c23;--ground:#10141a;--accent:#5cd0bf;--warn:#33260e;--edge:#e5ad4f}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:2.5rem 1.25rem}h1{font-size:1.75rem;line-height:1.2;margin:0 0 .25rem}
h2{font-size:1.05rem;margin:2.25rem 0 .75rem}p{margin:.25rem 0}.soft{color:var(--soft)}
code{font:.875em ui-monospace,monospace;color:var(--accent);overflow-wrap:anywhere}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(12rem,1fr));gap:.75rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:.875rem 1rem}
.price{font-variant-numeric:tabular-nums;font-weight:600}.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;background:var(--card);border:1px solid var(--line);border-radius:.75rem}
th,td{padding:.5rem .875rem;text-align:start;border-top:1px solid var(--line);white-space:nowrap}thead th{border:0;color:var(--soft);font-weight:500}
td.number,th.number{text-align:end;font-variant-numeric:tabular-nums}
form{display:flex;gap:.5rem;margin-top:1rem}input,button{font:inherit;padding:.5rem .75rem;border:1px solid var(--line);border-radius:.5rem;background:var(--card);color:inherit}
input{flex:1;min-width:0}button{background:var(--accent);border-color:var(--accent);color:var(--card)}
.support{position:sticky;top:0;background:var(--warn);border-bottom:2px solid var(--edge);font-size:.9rem}
.support form{max-width:60rem;margin:0 auto;padding:.6rem 1.25rem;align-items:center;justify-content:space-between}
.support p{min-width:0;overflow-wrap:anywhere}.support span{color:var(--soft)}.support button{flex:none;background:var(--edge);border-color:var(--edge);color:var(--ground)}
.notice{min-height:70vh;display:grid;align-content:center;text-align:center}`;

/** A whole page; `body`, and what stands `above` it, is HTML that was escaped already, `title` is text. */
export function htmlPage(title: string, body: string, above = ""): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">
<style>${style}</style></head><body>${above}<main>${body}</main></body></html>`;
}

/** A page that says one thing, such as why there is no shop here. */
export function noticePage(title: string, message: string): string {
  const body = `<div class="notice"><h1>${escapeHtml(title)}</h1><p class="soft">${escapeHtml(message)}</p></div>`;
  return htmlPage(title, body);
}
