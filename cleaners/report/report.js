
"use strict";
// Filters, counts and jumps. Without it the page is whole, but for these.
addEventListener("DOMContentLoaded", () => {
  const tools = document.getElementById("tools"), lines = [...document.querySelectorAll(".lines > li")];
  const made = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text }, more);
  const counted = (items, of) => [...items.reduce((all, one) => all.set(of(one), (all.get(of(one)) || 0) + 1), new Map())]
    .filter(([name]) => name).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  // A line that says nothing of itself fares as the one before.
  let last = {};
  for (const li of lines) {
    const kind = li.className || (li.firstElementChild?.tagName === "DEL" ? "cut" : "kept");
    if (li.className || li.title || kind !== last.kind || !li.previousElementSibling) {
      const label = kind === "head" ? "heading" : kind === "kept" ? "body" : li.firstElementChild.textContent;
      last = { kind, label, why: li.title, rule: li.title.split(",")[0] };
    }
    li.fate = last;
  }
  const rule = document.querySelector("[data-rule]")?.dataset.rule;
  let now = null;
  const said = made("div", "", { id: "said" }), tip = made("i", "", { className: "tip", lang: "en", dir: "ltr" });
  said.setAttribute("role", "status");
  const go = (li, focus = true) => {
    said.textContent = li ? "" : "There is no other.";
    if (!li) { return; }
    if (now) { now.classList.remove("now"); }
    now = li;
    li.classList.add("now");
    tip.textContent = " " + li.fate.label + (li.fate.why ? ": " + li.fate.why : "");
    // Where a server can write rules, a line can be made one; from the disk, by a command.
    const cut = li.fate.kind === "cut", text = (cut ? li.querySelector("del") : li).textContent;
    if (rule && (cut || li.fate.kind === "kept")) {
      tip.append(" ", made("a", cut ? "Keep this line …" : "Cut this line …", { href: rule + "&line=" + li.value }));
    } else if (!rule && cut) {
      // A space before a dash: the command would take the line for an option.
      const line = text.replace(/^-/, " -").replaceAll("'", "'\\''");
      tip.append(" ", made("code", "clean --add-rule keep '" + line + "'"));
    }
    li.append(tip);
    if (focus) { li.tabIndex = -1; li.focus({ preventScroll: true }); li.scrollIntoView({ block: "center" }); }
  };
  const from = (fits, step) => {
    const shown = lines.filter((li) => !li.hidden);
    let at = now ? shown.indexOf(now) : step > 0 ? -1 : shown.length;
    for (at += step; at >= 0 && at < shown.length; at += step) { if (fits(shown[at])) { return shown[at]; } }
    return null;
  };
  const isCut = (li) => li.fate.kind === "cut";
  const button = (text, act) => { const one = made("button", text, { type: "button" }); one.onclick = act; return one; };
  tools.append(button("Next cut", () => go(from(isCut, 1))), button("Cut before", () => go(from(isCut, -1))));
  const labels = made("div", "", { id: "labels" });
  labels.setAttribute("role", "group");
  labels.setAttribute("aria-label", "Labels that are shown");
  for (const [label, count] of counted(lines, (li) => li.fate.label)) {
    const one = button(label + " " + count, () => {
      const shown = one.getAttribute("aria-pressed") !== "true";
      one.setAttribute("aria-pressed", shown);
      for (const li of lines) { if (li.fate.label === label) { li.hidden = !shown; } }
    });
    one.setAttribute("aria-pressed", "true");
    labels.append(one);
  }
  tools.append(labels);
  const rules = made("details", ""), box = made("div", "", { id: "rules", tabIndex: 0 });
  const table = made("table", ""), found = counted(lines.filter((li) => !["kept", "head"].includes(li.fate.kind)), (li) => li.fate.rule);
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", "Lines by rule");
  const head = table.createTHead().insertRow();
  head.append(made("th", "Rule", { scope: "col" }), made("th", "Lines", { scope: "col", className: "n" }));
  const body = table.createTBody();
  for (const [rule, count] of found) {
    const row = body.insertRow();
    row.insertCell().append(button(rule, () => go(from((li) => li.fate.rule === rule, 1) || lines.find((li) => li.fate.rule === rule))));
    row.append(made("td", count, { className: "n" }));
  }
  box.append(table);
  rules.append(made("summary", "Rules (" + found.length + ")"), box);
  const list = [...document.querySelectorAll(".article")];
  if (found.length) { tools.append(rules); }
  if (list.length > 1) {
    const all = made("details", ""), inner = made("div", "", { id: "contents", tabIndex: 0 });
    inner.setAttribute("role", "region");
    inner.setAttribute("aria-label", "All articles");
    const names = made("ol", "");
    for (const one of list) {
      const item = made("li", "");
      item.append(button(one.querySelector("h2").textContent + " – " + one.querySelector(".sum").textContent,
        () => { all.open = false; one.focus(); one.scrollIntoView(); }));
      names.append(item);
    }
    inner.append(names);
    all.append(made("summary", "Articles (" + list.length + ")"), inner);
    tools.append(all);
  }
  tools.append(said);
  tools.hidden = false;
  const lineOf = (event) => event.target.closest ? event.target.closest(".lines > li") : null;
  addEventListener("click", (event) => { const li = lineOf(event); if (li) { go(li, false); } });
  const keys = { n: [isCut, 1], p: [isCut, -1], j: [() => true, 1], k: [() => true, -1], ArrowDown: [() => true, 1], ArrowUp: [() => true, -1] };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) { return; }
    const [fits, step] = keys[event.key] || [];
    const inList = event.target.closest(".lines");
    if (!step || !inList) { return; }
    event.preventDefault();
    if (event.target === inList && !(now && inList.contains(now))) { now = null; go([...inList.children].find((li) => !li.hidden && fits(li)) || null); return; }
    go(from(fits, step));
  });
});
