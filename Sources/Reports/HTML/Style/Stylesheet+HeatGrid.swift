extension Stylesheet {
    /// Clients × rules: headings stay in sight, in a box that scrolls by itself.
    static let heatGrid: StaticString = """
        .heat-part{content-visibility:auto;contain-intrinsic-size:auto 600px}
        .legend{list-style:none;padding:0;margin-bottom:12px}
        .legend li{margin:0}
        .legend span{display:inline-block;width:22px;border-radius:3px;text-align:center;line-height:20px;color:var(--good)}
        .heat-box{width:fit-content;max-width:100%;max-height:min(78vh,760px);overflow:auto;overscroll-behavior:auto;margin-bottom:10px}
        .heat{width:auto;border-collapse:separate;border-spacing:0;font-size:13px}
        .heat caption{position:absolute;width:1px;height:1px;padding:0;overflow:hidden;clip-path:inset(50%)}
        .heat th,.heat td{padding:0;border:0;border-bottom:1px solid var(--line)}
        .heat thead th{position:sticky;top:0;z-index:2;padding:8px 0 6px;vertical-align:bottom;background:var(--soft)}
        .heat tbody th,.heat thead th:first-child{position:sticky;left:0;z-index:1;min-width:150px;max-width:240px;\
        padding:3px 12px;border-right:1px solid var(--line);background:var(--card);line-height:1.45}
        .heat thead th:first-child{z-index:3;padding-bottom:8px;background:var(--soft)}
        .heat thead div{writing-mode:sideways-lr;display:flex;align-items:center;gap:5px;width:29px;max-height:250px;\
        font-variant-numeric:tabular-nums;line-height:29px;overflow:hidden}
        @supports not (writing-mode:sideways-lr){.heat thead div{writing-mode:vertical-rl;transform:rotate(180deg)}}
        .heat thead a{color:inherit;text-decoration:none}.heat thead a:hover{text-decoration:underline}
        .heat thead span{writing-mode:horizontal-tb}@supports not (writing-mode:sideways-lr){.heat thead div>span:first-child{transform:rotate(180deg)}}
        .heat .critical span{color:var(--critical)}.heat .high span{color:var(--high)}\
        .heat .medium span{color:var(--medium)}.heat .low span{color:var(--low)}
        .heat td{width:29px;min-width:29px;height:27px;text-align:center;vertical-align:middle;color:var(--good);\
        border-left:1px solid var(--hair)}
        .heat tbody tr:hover>*{background:var(--soft)}
        .heat tbody tr:last-child>*{border-bottom:0}
        .heat .f,.legend .f{background:var(--bad-tint);color:var(--bad);font-weight:700}
        .heat .w,.legend .w{background:var(--waived-tint);color:var(--waived)}
        .heat .u,.legend .u{background:var(--doubtful-tint);color:var(--doubtful);font-weight:700}
        .heat .n,.legend .n{color:var(--muted)}
        .heat tr:hover>.f{background:var(--bad-tint)}.heat tr:hover>.w{background:var(--waived-tint)}\
        .heat tr:hover>.u{background:var(--doubtful-tint)}
        .heat .one{overflow-wrap:anywhere}
        .folded details,.more{margin:0 0 6px;font-size:14px}.folded .doubtful summary{color:var(--doubtful)}
        .folded p{margin:4px 0 8px 18px;color:var(--muted);font-size:13px}
        .more>summary{margin-bottom:8px}
        .spoken{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        @media screen and (max-width:720px){
        .heat tbody th,.heat thead th:first-child{min-width:104px;max-width:132px;padding:3px 8px;font-size:12px}
        .heat-box{width:fit-content;max-width:100%;max-height:70vh}
        }

        """
}
