extension Stylesheet {
    /// The bar that narrows the findings, and what it leaves.
    static let filter: StaticString = """
        [hidden]{display:none!important}
        #findings{scroll-margin-top:12px}
        .filter{display:flex;flex-wrap:wrap;align-items:flex-end;gap:12px 18px;margin:44px 0 0;padding:14px 16px;\
        background:var(--card);border:1px solid var(--line);border-radius:8px;font-size:13px}
        #findings>.filter~section:first-of-type>h2{margin-top:28px}
        .field{display:flex;flex-direction:column;gap:4px;margin:0;padding:0;border:0;min-width:0}
        .field>span,.field>legend{padding:0;color:var(--muted);font-size:12.5px}
        .field>legend{margin-bottom:4px}
        .field>div{display:flex;flex-wrap:wrap;gap:6px}
        .filter input[type=search],.filter select,.filter button{height:32px;padding:0 10px;border:1px solid var(--edge);\
        border-radius:6px;background:var(--bg);color:var(--ink);font:inherit}
        .filter input[type=search]{width:190px}.filter select{max-width:220px}
        .filter button{cursor:pointer}.filter button:hover{background:var(--soft)}
        .choice{display:inline-flex;align-items:center;gap:6px;height:32px;padding:0 10px 0 8px;border:1px solid var(--edge);\
        border-radius:6px;background:var(--bg);cursor:pointer}
        .choice:has(:checked){background:var(--soft);border-color:var(--link);box-shadow:inset 0 0 0 1px var(--link)}
        .choice .pill{padding:0;border:0;font-size:13px}
        .choice input{margin:0;accent-color:var(--link)}
        .choice:has(:focus-visible){outline:2px solid var(--link);outline-offset:2px}
        .matches{margin:12px 0 0;padding:8px 14px;border-radius:6px;background:var(--soft);font-size:14px;font-weight:600}
        @media screen and (max-width:720px){
        .filter{padding:12px;gap:12px;margin-top:34px}
        .field,.filter input[type=search],.filter select{width:100%;max-width:none}
        .filter input[type=search],.filter select,.filter button,.choice{height:40px;font-size:16px}
        .filter button{width:100%}
        }

        """
}
