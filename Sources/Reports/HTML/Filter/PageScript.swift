/// The one script of a run's page. It is a constant, so that its digest can stand in the page's policy, and it only ever
/// reads text and sets `hidden`, `open`, `textContent` and the fragment of the address: nothing of the page becomes markup.
enum PageScript {
    static let text: StaticString = """

        "use strict";
        (() => {
        const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
        const bar = document.getElementById("filter");
        const region = document.getElementById("findings");

        // Findings: each element with data-r tells of rules (by place), in one state, and of the clients in its lists.
        if (bar && region) {
          const search = bar.querySelector("input[type=search]");
          const rule = bar.querySelector(".rules"), control = bar.querySelector(".controls");
          const boxes = all("input[type=checkbox]", bar);
          const status = document.getElementById("matches");
          const places = text => text ? text.split(" ").map(Number) : [];
          const rules = Array.from(rule.options).slice(1).map(option =>
            ({severity: option.dataset.s, controls: places(option.dataset.c)}));
          const units = all("[data-r]", region).map(element => ({
            element, rules: places(element.dataset.r), severity: element.dataset.s, state: element.dataset.k,
            details: element.querySelector("details"),
            clients: all(".clients>li", element).map(item => ({item, text: item.textContent.toLowerCase()})),
          }));
          const holders = all("article,.requirement,.severity,section", region);
          const tallies = all(".n", region).map(element => ({
            element, text: element.textContent, holder: element.closest("article,.severity,section"),
          }));

          const shown = () => {
            const query = search.value.trim().toLowerCase();
            const chosen = name => new Set(boxes.filter(box => box.name === name && box.checked).map(box => box.value));
            const severities = chosen("severity"), states = chosen("state");
            const oneRule = rule.selectedIndex - 1, oneControl = control.selectedIndex - 1;
            const isActive = query !== "" || severities.size + states.size > 0 || oneRule >= 0 || oneControl >= 0;
            const found = new Set(), inHolder = new Map();
            for (const unit of units) {
              const fitting = unit.rules.filter(place => {
                const facts = rules[place] || {severity: "info", controls: []};
                return (oneRule < 0 || place === oneRule)
                  && (oneControl < 0 || facts.controls.includes(oneControl))
                  && (severities.size === 0 || severities.has(unit.severity || facts.severity));
              });
              const isOf = fitting.length > 0 && (states.size === 0 || states.has(unit.state));
              let count = 0;
              for (const client of unit.clients) {
                const isIn = isOf && (query === "" || client.text.includes(query));
                client.item.hidden = !isIn;
                if (!isIn) continue;
                count += 1;
                for (const place of fitting) {
                  const name = place + " " + unit.state + " " + client.text;
                  found.add(name);
                  for (let holder = unit.element; holder && holder !== region; holder = holder.parentElement) {
                    if (!inHolder.has(holder)) inHolder.set(holder, new Set());
                    inHolder.get(holder).add(name);
                  }
                }
              }
              unit.element.hidden = count === 0;
              if (unit.details) unit.details.open = query !== "" && count > 0;
            }
            for (const holder of holders) holder.hidden = !inHolder.has(holder);
            return {isActive, count: found.size, inHolder};
          };

          const total = shown().count;
          const apply = () => {
            const {isActive, count, inHolder} = shown();
            for (const {element, text, holder} of tallies) {
              const names = inHolder.get(holder);
              element.textContent = isActive && names ? text + " \\u00b7 " + names.size.toLocaleString("en") + " shown" : text;
            }
            status.hidden = !isActive;
            status.textContent = !isActive ? "" : count === 0 ? "No finding matches this filter."
              : "Filtered: " + count.toLocaleString("en") + " of " + total.toLocaleString("en") + " findings shown.";
          };

          // The state is kept in the fragment, so that a link can be shared.
          const mark = "#filter?";
          const save = () => {
            const values = new URLSearchParams();
            if (search.value.trim()) values.set("client", search.value.trim());
            for (const name of ["severity", "state"]) {
              const chosen = boxes.filter(box => box.name === name && box.checked).map(box => box.value);
              if (chosen.length) values.set(name, chosen.join("."));
            }
            if (rule.selectedIndex > 0) values.set("rule", rule.value);
            if (control.selectedIndex > 0) values.set("control", control.value);
            const text = values.toString();
            if (!text && !location.hash.startsWith(mark)) return;
            const address = text ? mark + text : "#findings";
            try { history.replaceState(null, "", address); } catch { location.replace(address); }
          };
          const load = () => {
            if (!location.hash.startsWith(mark)) return;
            const values = new URLSearchParams(location.hash.slice(mark.length));
            search.value = values.get("client") || "";
            for (const box of boxes) box.checked = (values.get(box.name) || "").split(".").includes(box.value);
            for (const [list, name] of [[rule, "rule"], [control, "control"]]) {
              const place = Array.from(list.options).findIndex(
                (option, index) => index > 0 && values.has(name) && option.value === values.get(name));
              list.selectedIndex = Math.max(0, place);
            }
            apply();
            region.scrollIntoView();
          };
          bar.addEventListener("input", () => { apply(); save(); });
          bar.querySelector("button").addEventListener("click", () => {
            search.value = "";
            for (const box of boxes) box.checked = false;
            rule.selectedIndex = control.selectedIndex = 0;
            apply();
            save();
            search.focus();
          });
          window.addEventListener("hashchange", load);
          bar.hidden = false;
          load();
        }

        // The nights of the trend are one stop of the keyboard; arrows lead from one to the next.
        for (const chart of all(".nights")) {
          const nights = all(".night", chart);
          chart.addEventListener("keydown", event => {
            const place = nights.indexOf(event.target);
            const next = {ArrowLeft: place - 1, ArrowRight: place + 1, Home: 0, End: nights.length - 1}[event.key];
            if (place < 0 || next === undefined || !nights[next]) return;
            event.preventDefault();
            for (const night of nights) night.setAttribute("tabindex", night === nights[next] ? "0" : "-1");
            nights[next].focus();
          });
        }

        // Paper has nothing to unfold.
        let unfolded = [];
        window.addEventListener("beforeprint", () => {
          unfolded = all("details:not([open])");
          for (const details of unfolded) details.open = true;
        });
        window.addEventListener("afterprint", () => { for (const details of unfolded) details.open = false; });
        })();

        """
}
