// The files that are held for a deal: put one there, save one, and its hash, by which papers name it.

import { fetched, Problem, put } from "/room/client.js";
import { badge, copy, h, tell, time } from "/room/dom.js";

const hex = (bytes) => [...new Uint8Array(bytes)].map((each) => each.toString(16).padStart(2, "0")).join("");

/** SHA-256 in hexadecimal; null where the browser gives no page the means to work it out, as without HTTPS. */
const sha256 = async (bytes) => (crypto.subtle ? hex(await crypto.subtle.digest("SHA-256", bytes)) : null);

export function filesPanel(deal, view) {
  const named = new Set(deal.named.map((each) => each.sha256));
  return [
    deal.contents.length ? table(deal, named, view) : h("p", {}, "No file is held for this deal."),
    h("datalist", { id: "held-files" }, deal.contents.map((each) => h("option", { value: `sha256:${each.sha256}` }, described(each)))),
    view.acting ? upload(deal, view) : null,
    h("p", { class: "quiet" }, "A paper names a file by its hash, and whoever signs the paper signs that file: the fields of forms ",
      "that take a text offer the files of this deal. The list is as it is now."),
  ];
}

const KB = 1024;

const size = (bytes) => (bytes < KB ? `${bytes} bytes` : bytes < KB * KB ? `${Math.ceil(bytes / KB)} KB` : `${(bytes / KB / KB).toFixed(1)} MB`);

const described = (each) => [each.mediaType, each.size && size(Number(each.size)), each.putBy && `put by ${each.putBy}`].filter(Boolean).join(", ");

function table(deal, named, view) {
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Files held" }, h("table", {}, h("caption", { class: "hidden" }, "Files held"),
    h("thead", {}, h("tr", {}, ["Hash", "What", "Since", "How it stands", "Get it"].map((each) => h("th", { scope: "col" }, each)))),
    h("tbody", {}, deal.contents.map((each) => h("tr", {},
      h("th", { scope: "row" }, h("code", { title: each.sha256 }, `${each.sha256.slice(0, 12)}…`), " ", copy(`sha256:${each.sha256}`, "Copy", `Copy the hash ${each.sha256.slice(0, 12)}`)),
      h("td", {}, described(each)), h("td", {}, each.heldAt ? time(each.heldAt) : ""),
      h("td", {}, named.has(each.sha256) ? badge("named in the log", "good") : badge("not named", "wait"),
        each.erasedAt ? [" ", badge("erased", "bad")] : each.held ? null : [" ", badge("not held", "bad")]),
      h("td", {}, each.url ? h("button", { type: "button", class: "plain", onclick: () => view.guarded(() => save(each)) },
        "Save", h("span", { class: "hidden" }, ` ${each.sha256.slice(0, 12)}`)) : ""))))));
}

async function save(content) {
  const bytes = await (await fetched(content.url)).arrayBuffer();
  const found = await sha256(bytes);
  if (found !== null && found !== content.sha256) { tell("What came is not the file of this hash. It was not saved."); return; }
  const address = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  const name = content.sha256.slice(0, 16);
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  tell(found === null ? `Saved as ${name}.` : `Saved as ${name}, and compared with its hash.`);
}

function upload(deal, view) {
  const chosen = view.file ??= h("input", { id: "file", type: "file", required: true }); // what was chosen outlasts a drawing
  const problems = h("div", { role: "alert" });

  async function sent(event) {
    event.preventDefault();
    try {
      await send();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problems.replaceChildren(h("p", { class: "error" }, error.message));
    }
  }

  async function send() {
    const [file] = chosen.files, bytes = await file.arrayBuffer(), hash = await sha256(bytes);
    if (hash === null) throw new Problem([{ message: "Without HTTPS a browser works out no hash: put the file there with `clausula document`." }]);
    await put(`/deals/${encodeURIComponent(deal.dealId)}/documents/${hash}`, bytes, file.type || "application/octet-stream");
    chosen.value = "";
    await view.stand(null);
    tell(`${file.name} is held for this deal, as ${hash.slice(0, 12)}.`);
  }
  return h("form", { onsubmit: sent }, h("label", { for: chosen.id }, "Put a file there"), chosen, problems, h("p", { class: "buttons" }, h("button", {}, "Upload")));
}
