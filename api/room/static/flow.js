// Where the money went, as a picture: who paid on the left, the funds between, who was paid on the right.

import { cited, h, s, time } from "/room/dom.js";

const LINE = 92; // the height that the largest amount has

export function flowPanel(deal, view) {
  if (!deal.movements.length) return h("p", {}, "No money has moved.");
  const currencies = [...new Set(deal.movements.map((each) => each.amount.currency))];
  return [
    currencies.map((currency) => picture(deal, currency)),
    h("details", { id: "movements" }, h("summary", {}, `The same as a table: ${deal.movements.length} ${deal.movements.length === 1 ? "movement" : "movements"}`),
      h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Movements of money" }, h("table", {}, h("caption", { class: "hidden" }, "Movements of money"),
        h("thead", {}, h("tr", {}, ["When", "From", "To", "Amount", "Section"].map((each) => h("th", { scope: "col" }, each)))),
        h("tbody", {}, deal.movements.map((each) => h("tr", {}, h("td", {}, time(each.at)), h("td", {}, each.source), h("td", {}, each.target),
          h("td", { class: "number" }, each.amount.text), h("td", {}, cited(each.section, view.show)))))))),
    deal.movements.length === 100 ? h("p", { class: "quiet" }, "Only the first 100 movements are shown.") : null,
  ];
}

/** All that went between two, in one currency; what stays inside a fund is left out. */
function flows(deal, currency) {
  const found = new Map();
  for (const each of deal.movements.filter((one) => one.amount.currency === currency)) {
    const [source, target] = [each.source, each.target].map((name) => name.split("/")[0]);
    if (source === target) continue;
    const key = JSON.stringify([source, target]);
    found.set(key, (found.get(key) ?? 0n) + BigInt(each.amount.minorUnits));
  }
  return [...found].map(([key, amount]) => ({ source: JSON.parse(key)[0], target: JSON.parse(key)[1], amount }));
}

function picture(deal, currency) {
  const funds = deal.funds.map((each) => each.name), all = flows(deal, currency);
  const sample = deal.movements.find((each) => each.amount.currency === currency).amount;
  const decimals = (sample.text.match(/\.(\d+)/)?.[1] ?? "").length;
  const words = (amount) => {
    const digits = String(amount).padStart(decimals + 1, "0"), cut = digits.length - decimals;
    const whole = digits.slice(0, cut).replace(/\B(?=(\d{3})+$)/g, ",");
    return `${whole}${decimals ? `.${digits.slice(cut)}` : ""}`;
  };
  const place = h("div", { class: "flow" });
  const label = all.map((each) => `${each.source} to ${each.target}: ${currency} ${words(each.amount)}`).join("; ");
  const draw = () => {
    const width = Math.round(Math.min(place.clientWidth || 640, 760));
    if (width !== draw.width) { draw.width = width; place.replaceChildren(drawn(all, funds, width, words, `${currency} that moved. ${label}.`)); }
  };
  new ResizeObserver(draw).observe(place);
  return place;
}

function drawn(all, funds, width, words, label) {
  const most = all.reduce((sum, each) => (each.amount > sum ? each.amount : sum), 1n);
  const thick = (amount) => Math.max(3, Number((amount * BigInt(LINE * 10)) / most) / 10);
  const column = (name, isSource) => (funds.includes(name) ? 1 : isSource ? 0 : 2);
  const nodes = new Map();
  const node = (name, at) => {
    const key = `${at} ${name}`;
    if (!nodes.has(key)) nodes.set(key, { name, at, came: 0, went: 0, total: 0n });
    return nodes.get(key);
  };
  const links = all.map((each) => {
    const from = node(each.source, column(each.source, true)), to = node(each.target, column(each.target, false));
    const size = thick(each.amount), link = { from, to, size, start: from.went, end: to.came, amount: each.amount };
    from.went += size; to.came += size;
    if (from.at === 0) from.total += each.amount;
    if (to.at !== 0) to.total += each.amount;
    return link;
  });
  const bar = 12, gap = 46, top = 40, heights = [top, top, top];
  for (const each of nodes.values()) {
    each.y = heights[each.at];
    each.size = Math.max(each.came, each.went);
    heights[each.at] += each.size + gap;
  }
  const side = Math.min(170, width * 0.3), xs = [0, (width - bar) / 2, width - bar];
  const height = Math.max(...heights) - gap + 14;
  const shown = (each) => {
    const anchor = ["start", "middle", "end"][each.at], x = [0, width / 2, width][each.at];
    return s("g", {}, s("rect", { x: xs[each.at], y: each.y, width: bar, height: each.size, rx: 2, class: each.at === 1 ? "fund" : "party" }),
      s("text", { x, y: each.y - 20, "text-anchor": anchor, class: "name" }, cut(each.name, width)),
      s("text", { x, y: each.y - 6, "text-anchor": anchor, class: "amount" }, words(each.total)));
  };
  const path = ({ from, to, size, start, end }) => {
    const x1 = xs[from.at] + bar, y1 = from.y + start + size / 2, x2 = xs[to.at], y2 = to.y + end + size / 2, half = Math.max((x2 - x1) / 2, side / 2);
    return s("path", { d: `M${x1},${y1} C${x1 + half},${y1} ${x2 - half},${y2} ${x2},${y2}`, "stroke-width": size, class: "stream" });
  };
  return s("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label }, links.map(path), [...nodes.values()].map(shown));
}

const cut = (name, width) => { const most = width < 420 ? 15 : 26; return name.length > most ? `${name.slice(0, most - 1)}…` : name; };
